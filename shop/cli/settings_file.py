"""The settings file of an installation: KEY=VALUE lines that only its owner may read."""

import os
from collections.abc import Mapping
from pathlib import Path

from shop.config import ROOT, GeneratedKeys, read_settings_file


def settings_path() -> Path:
    """Return where the settings file lies: $SETTINGS_FILE, or instance/settings.env."""
    return Path(os.environ.get("SETTINGS_FILE", ROOT / "instance" / "settings.env"))


def write(path: Path, values: Mapping[str, str]) -> None:
    """Write the file anew with mode 0600, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{name}={value}" for name, value in sorted(values.items())]
    half = path.with_suffix(".half")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(
            "\n".join(["# Settings of this market. Keep it secret; keep a copy apart from the backups.", *lines, ""])
        )
    half.replace(path)


def ensure_keys(path: Path) -> None:
    """Give a new installation its own random keys; those it has stay."""
    values = read_settings_file(path)
    made = {name.upper(): value for name, value in vars(GeneratedKeys()).items()}
    missing = {name: value for name, value in made.items() if not values.get(name)}
    if missing:
        write(path, values | missing)
