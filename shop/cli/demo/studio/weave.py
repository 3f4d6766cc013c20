"""Woven bands in a seller's colours: motifs of the looms of the north-west, as a strip or as whole cloth."""

from collections.abc import Callable, Sequence

from shop.cli.demo.studio.canvas import Sheet, lit

# Each motif fills a tile of 48 × 48 with a ground and three threads.


def _diamonds(ground: str, one: str, two: str, three: str) -> str:
    return (
        f'<rect width="48" height="48" fill="{ground}"/><path d="M24 3L45 24L24 45L3 24Z" fill="{one}"/>'
        f'<path d="M24 11L37 24L24 37L11 24Z" fill="{two}"/><path d="M24 18L30 24L24 30L18 24Z" fill="{three}"/>'
        f'<path d="M0 0h7l-7 7zM48 0v7l-7 -7zM0 48v-7l7 7zM48 48h-7l7 -7z" fill="{three}"/>'
    )


def _zigzag(ground: str, one: str, two: str, three: str) -> str:
    rows = ((one, 10), (two, 22), (three, 34))
    lines = "".join(
        (
            f'<path d="M-2 {y + 8}L12 {y - 6}L24 {y + 6}L36 {y - 6}L50 {y + 8}" fill="none" stroke="{c}" '
            'stroke-width="6"/>'
        )
        for c, y in rows
    )
    return f'<rect width="48" height="48" fill="{ground}"/>{lines}'


def _steps(ground: str, one: str, two: str, three: str) -> str:
    """A stepped hook, as on Thai scarves, on a grid of 6."""
    cells = {
        one: "1,1 2,1 3,1 1,2 3,2 1,3 5,1 6,1 6,2 6,3 5,3 1,5 1,6 2,6 3,6 3,5 5,5 5,6 6,6 6,5",
        two: "4,2 2,4 4,4 4,6 6,4",
        three: "3,3 5,2 2,5 4,5 3,4 5,4",
    }
    squares = "".join(
        f'<rect x="{int(cell[0]) * 6}" y="{int(cell[2]) * 6}" width="6" height="6" fill="{colour}"/>'
        for colour, listed in cells.items()
        for cell in listed.split()
    )
    return f'<rect width="48" height="48" fill="{ground}"/>{squares}'


def _stars(ground: str, one: str, two: str, three: str) -> str:
    return (
        f'<rect width="48" height="48" fill="{ground}"/>'
        f'<path d="M24 4L29 19L44 24L29 29L24 44L19 29L4 24L19 19Z" fill="{one}"/>'
        f'<path d="M24 14L34 24L24 34L14 24Z" fill="{two}"/><rect x="21" y="21" width="6" height="6" fill="{three}"/>'
        f'<path d="M0 6L6 0M42 0L48 6M0 42L6 48M42 48L48 42" stroke="{three}" stroke-width="4"/>'
    )


def _teeth(ground: str, one: str, two: str, three: str) -> str:
    return (
        f'<rect width="48" height="48" fill="{ground}"/><path d="M0 2h48v6H0zM0 40h48v6H0z" fill="{three}"/>'
        f'<path d="M0 38L12 14L24 38L36 14L48 38Z" fill="{one}"/>'
        f'<path d="M12 38L18 26L24 38ZM36 38L42 26L48 38ZM-6 38L0 26L6 38Z" fill="{two}"/>'
    )


MOTIFS: dict[str, Callable[[str, str, str, str], str]] = {
    "diamonds": _diamonds,
    "zigzag": _zigzag,
    "steps": _steps,
    "stars": _stars,
    "teeth": _teeth,
}
_THREADS = (
    '<path d="M0 1H6M0 4H6" stroke="#000" stroke-opacity=".13" stroke-width="1"/>'
    '<path d="M1 0V6M4 0V6" stroke="#fff" stroke-opacity=".12" stroke-width="1"/>'
)


def cloth(sheet: Sheet, motif: str, colours: Sequence[str], tile: float, turn: float = 0) -> str:
    """Return a fill of repeated motif, tiles of `tile` units; colours: ground and three threads."""
    scale = tile / 48
    return sheet.pattern(tile, tile, f'<g transform="scale({scale:.3f})">{MOTIFS[motif](*colours[:4])}</g>', turn)


def threads(sheet: Sheet) -> str:
    """Return a fill of warp and weft to lay over cloth."""
    return sheet.pattern(6, 6, _THREADS)


def band(sheet: Sheet, motif: str, colours: Sequence[str], box: tuple[float, float, float, float]) -> str:
    """Return a woven strip in a box (x, y, width, height) with selvedges above and below."""
    x, y, width, height = box
    hem = height * 0.14
    inner = height - 2 * hem
    shape = f'x="{-width / 2:.1f}" y="0" width="{width:.1f}" height="{inner:.1f}"'
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{lit(colours[0], -0.25)}"/>'
        f'<rect x="{x}" y="{y + hem * 0.35:.1f}" width="{width}" height="{hem * 0.4:.1f}" fill="{colours[1]}"/>'
        f'<rect x="{x}" y="{y + height - hem * 0.75:.1f}" width="{width}" height="{hem * 0.4:.1f}" '
        f'fill="{colours[2]}"/>'
        f'<g transform="translate({x + width / 2:.1f} {y + hem:.1f})">'
        f'<rect {shape} fill="{cloth(sheet, motif, colours, inner)}"/><rect {shape} fill="{threads(sheet)}"/></g>'
    )
