"""The pages of officers and admins that the gates look at."""

OFFICERS = {  # name: address; what stands in braces is made in tests.gates.made
    "queue": "/review/products",
    "review": "/review/products/{waiting}/1/decision",
    "overtaken": "/review/products/{late}/1/decision",
    "first-yes": "/review/products/{risky}/1/decision",
    "talk": "/review/talks/{talk}",
    "sellers": "/review/cooperatives",
    "alike": "/review/products/alike",
    "by-rules": "/review/products/by-rules",
    "absences": "/staff/absences",
    "certificates-to-see": "/review/certificates",
    "certificate-to-see": "/review/certificates/{paper}",
    "calls": "/calls",
    "call": "/calls/{order}",
    "market-seller": "/review/sellers/{seller}",
    "seller-decision": "/review/cooperatives/{seller}/decision",
    "waiver": "/review/cooperatives/{seller}/requirements/food_safety/waiver",
    "cash-again": "/staff/cash",
    "not-found": "/staff/searches",
}
ADMINS = {
    "approval-rules": "/staff/approval-rules",
    "approval-rule": "/staff/approval-rules/new",
    "market-sellers": "/review/sellers",
    "staff": "/staff",
    "second-officers": "/staff/second-officers",
    "breaches": "/breaches",
    "messages": "/staff/messages",
    "news": "/staff/news",
    "rules": "/staff/requirements",
    "rule": "/staff/requirements/land_paper",
    "card-money": "/staff/card-money",
    "province-vouchers": "/staff/vouchers",
    "province-vouchers-new": "/staff/vouchers/new",
    "province-voucher-debts": "/staff/voucher-debts",
}
PAGES = {name: ("officer", path) for name, path in OFFICERS.items()} | {
    name: ("admin", path) for name, path in ADMINS.items()
}
