"""A shop is closed for good by its last member; what the law keeps stays."""
