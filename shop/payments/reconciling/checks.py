"""What `flask verify` says of differences with the provider: each open one is somebody's work."""

from collections.abc import Callable, Iterable, Iterator

from shop.payments.reconciling.queries import open_findings


def the_provider_says_the_same() -> Iterator[str]:
    """No difference is open."""
    for one in open_findings():
        yield f"{one.subject}: {one.kind.value}, {one.facts}"


CHECKS: list[Callable[[], Iterable[str]]] = [the_provider_says_the_same]
