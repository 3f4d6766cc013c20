"""Drafts as phones send them: field by field, from several phones at once, as often as the network allows."""
