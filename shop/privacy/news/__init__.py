"""News by mail to who asked for it: written by an admin, counted, sent slowly, ended with one click."""
