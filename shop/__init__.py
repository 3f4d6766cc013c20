"""Chợ Phiên: the shop, from its ground floor (shop.core) to its roof (shop.app)."""
