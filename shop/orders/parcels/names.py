"""Where the photo of a parcel lies; it has no public name."""

CONTENT_TYPE = "image/jpeg"


def file_name(key: str) -> str:
    """Return where the file lies."""
    return f"private/parcels/{key[:2]}/{key}.jpg"
