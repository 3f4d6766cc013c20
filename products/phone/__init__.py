"""The product form on a phone without a network: the empty form, and the service worker that keeps it."""
