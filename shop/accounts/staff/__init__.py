"""Who of the staff may do what, where and until when."""
