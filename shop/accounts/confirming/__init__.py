"""Proving once more who one is, before what an open phone in another's hand must not do."""
