"""The lines of a year as points of a drawing; colours and widths are the style sheet's."""

from typing import NamedTuple

from shop.payments.money.queries import Month

WIDTH, HEIGHT, EDGE = 640, 200, 24  # units of the drawing


class Chart(NamedTuple):
    """Two lines, where the months stand, and what the top is worth."""

    sold: str  # points of a polyline
    came: str
    places: list[int]  # x of each month
    top: int  # đồng


def chart_of(months: list[Month]) -> Chart | None:
    """Draw what was sold and what came in each month; None where there is nothing to draw a line of."""
    top = max((max(month.sold, month.came) for month in months), default=0)
    if top <= 0 or len(months) <= 1:
        return None
    step = (WIDTH - 2 * EDGE) // (len(months) - 1)
    places = [EDGE + step * number for number in range(len(months))]

    def line(amounts: list[int]) -> str:
        heights = [HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * max(0, amount) // top for amount in amounts]
        return " ".join(f"{x},{y}" for x, y in zip(places, heights, strict=True))

    return Chart(line([one.sold for one in months]), line([one.came for one in months]), places, top)
