"""The picture that other sites show where somebody shares a page: name and maker, never a price."""
