"""Where the photo of a paper lies; it has no public name and no place among the photos of goods."""

CONTENT_TYPE = "image/jpeg"


def file_name(digest: str) -> str:
    """Return where the file lies."""
    return f"private/papers/{digest[:2]}/{digest}.jpg"
