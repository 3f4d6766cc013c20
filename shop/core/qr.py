"""A square that a phone's camera reads."""

from io import BytesIO

import segno

PIXELS = 12  # of one module in a saved picture: sharp on any phone's screen


def square(text: str) -> str:
    """Return the QR code of `text` as a picture address (data:, SVG), dark on white in either theme."""
    return str(segno.make(text, micro=False).svg_data_uri(scale=5, border=4, dark="#000", light="#fff"))


def picture(text: str) -> bytes:
    """Return the QR code of `text` as a PNG with its quiet zone, to be kept on a phone or printed."""
    drawn = BytesIO()
    segno.make(text, micro=False, error="m").save(drawn, kind="png", scale=PIXELS, border=4)
    return drawn.getvalue()
