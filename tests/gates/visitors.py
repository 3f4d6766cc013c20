"""The pages of visitors and buyers that the gates look at."""

VISITORS = {  # name: address; what stands in braces is made in tests.gates.made
    "home": "/",
    "category": "/categories/tea",
    "search": "/search?q=che",
    "nothing-found": "/search?q=xyzzyx",
    "product": "/products/{goods_slug}-{goods}",
    "producer": "/producers/{seller_slug}-{seller}",
    "commune": "/communes/{commune}",
    "about": "/about",
    "ranking": "/ranking",
    "how-to-buy": "/how-to-buy",
    "how-to-sell": "/how-to-sell",
    "privacy": "/privacy",
    "periods": "/privacy/periods",
    "lessons": "/lessons",
    "lesson": "/lessons/photo?answer=1",
    "tracking": "/purchases/{token}",
    "find": "/orders/find",
    "empty-cart": "/cart",
    "form-offline": "/my/products/shell",
    "orders-offline": "/my/orders/shell",
    "sign-in": "/sign-in",
    "no-such-page": "/khong-co",
    "wait": "/products/{sold_out}/wait",
    "wait-link": "/waits/{wait}",
    "transfer": "/pay/{paying}/transfers",
    "yes": "/yes/{to_confirm}",
    "short": "/purchases/{short_token}/orders/{short_order}/changes/{change}",
}
BUYERS = {"cart": "/cart", "details": "/checkout", "confirmation": "/checkout/confirmation"}
PAGES = {name: ("visitor", path) for name, path in VISITORS.items()} | {
    name: ("buyer", path) for name, path in BUYERS.items()
}
