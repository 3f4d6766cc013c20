"""The pages of visitors and buyers that the gates look at."""

VISITORS = {  # name: address; what stands in braces is made in tests.gates.made
    "home": "/",
    "category": "/categories/tea",
    "category-open": "/categories/tea",
    "category-narrowed": "/categories/tea?season=now&price_from=50k&price_to=900k",
    "nothing-left": "/categories/tea?commune={commune}&price_to=1k",
    "price-unread": "/categories/tea?price_from=nhieu",
    "search": "/search?q=so",  # fills its page
    "search-open": "/search?q=so",
    "search-mended": "/search?q=mat+onng",
    "search-nearest": "/search?q=che+xyzzyx",
    "search-priced": "/search?q=mat+ong+duoi+1k",
    "nothing-found": "/search?q=xyzzyx",
    "product": "/products/{goods_slug}-{goods}",
    "producer": "/producers/{seller_slug}-{seller}",
    "commune": "/communes/{commune}",
    "about": "/about",
    "ranking": "/ranking",
    "offline": "/offline?lang=vi",
    "how-to-buy": "/how-to-buy",
    "how-to-sell": "/how-to-sell",
    "privacy": "/privacy",
    "periods": "/privacy/periods",
    "lessons": "/lessons",
    "lesson": "/lessons/photo?answer=1",
    "tracking": "/purchases/{token}",
    "again": "/purchases/{token}/again",
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
    "sent-instead": "/purchases/{taken_token}",
    "instead": "/purchases/{instead_token}/orders/{instead_order}/changes/{instead_change}",
}
BUYERS = {"cart": "/cart", "details": "/checkout", "confirmation": "/checkout/confirmation"}
PAGES = {name: ("visitor", path) for name, path in VISITORS.items()} | {
    name: ("buyer", path) for name, path in BUYERS.items()
}
SHOW = {  # name: what must be on this page, or it is another state than its name says
    "category-open": ".filters[open] select",
    "category-narrowed": ".chosen a + a",
    "nothing-left": ".empty a[href]",
    "price-unread": ".filters[open] .error",
    "search-open": ".filters[open] select",
    "search-mended": ".notice.info",
    "search-nearest": ".notice.info",
    "search-priced": ".notice.info + .chosen a",
    "nothing-found": ".empty",
}
OPENED = {"category-open", "search-open"}  # with their filters unfolded
