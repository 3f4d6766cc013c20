"""Only doors commit: routes, sweeps and the command line open a transaction, services never do."""

from tests.architecture import tree

DOORS = {"routes", "tasks", "cli", "worker", "app"}
# The ground floor makes the tool, and the loop that sweeps share; the doorman renews a session before any route runs;
# a try is counted for good, even when what it tried is then refused; /readyz is a route and asks whether writing works.
ALSO = {
    *("shop/core/db.py", "shop/core/engine.py", "shop/core/migrate.py", "shop/core/claims.py"),
    *("shop/accounts/access.py", "shop/accounts/throttle.py", "shop/desk/health.py"),
}


def is_door(path):
    relative = path.relative_to(tree.ROOT)
    return bool(DOORS.intersection([*relative.parts[:-1], relative.stem])) or str(relative) in ALSO


def test_only_doors_open_and_end_transactions():
    strays = [
        f"{tree.shown(path)}:{line} {name}"
        for path in tree.code()
        if not is_door(path) and "sandbox" not in path.parts  # the world outside keeps its own books
        for line, name in tree.calls(path)
        if name.split(".")[-1] in {"commit", "writing"}
    ]
    assert strays == []


def test_domain_code_never_answers_http():
    """A service raises a DomainError with a sentence; which page that becomes is the door's business."""
    strays = [
        f"{tree.shown(path)}:{line} {name}"
        for path in tree.code()
        if tree.is_domain(path)
        for line, name in tree.calls(path)
        if name.split(".")[-1] in {"abort", "redirect", "render_template", "flash", "url_for"}
    ]
    assert strays == []
