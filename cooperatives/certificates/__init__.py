"""Certificates: dated papers that an officer verified once; what they allow to be said ends with them."""
