"""Spoken notes: Opus out of a stranger's WebM or Ogg, and into a clean file of our own making."""
