"""Where a spoken note lies, and what it is to a browser."""

CONTENT_TYPE = "audio/webm"


def file_name(digest: str) -> str:
    """Return where the file of a spoken note lies; there is no public name."""
    return f"private/voices/{digest[:2]}/{digest}.webm"
