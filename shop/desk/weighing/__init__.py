"""A seller weighs what is paid by the scales, and packs it in the same press."""
