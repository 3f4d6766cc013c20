"""The demo market as pure data and drawn pictures: sellers, products, texts, orders, photographs."""
