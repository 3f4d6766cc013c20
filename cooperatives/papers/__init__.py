"""Papers of a seller, by photo: private, read by the officer, never shown to buyers."""
