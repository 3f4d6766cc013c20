"""What was gathered, as one ZIP: a file for people and a file for machines."""

import io
import json
import zipfile
from typing import Any

from flask import current_app

from shop.core.i18n import use_language
from shop.core.present import settings


def packed(data: dict[str, list[dict[str, Any]]], language: str) -> bytes:
    """Return a ZIP with index.html in the person's language and data.json."""
    with use_language(language):
        page = current_app.jinja_env.get_template("shop/privacy/export.html").render(
            data=data, lang=language, market=settings().market_name
        )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parcel:
        parcel.writestr("index.html", page)
        parcel.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1, default=str))
    return file.getvalue()


def file_name(code: str) -> str:
    """Return where the file of a request lies in the storage."""
    return f"private/exports/{code.lower()}.zip"
