"""Files that arrive in pieces over weak networks: tus 1.0.0 (https://tus.io/protocols/resumable-upload)."""
