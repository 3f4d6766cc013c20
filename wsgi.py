"""The server's entry: settings from the settings file and the environment, then the app."""

import os
from pathlib import Path

from shop.app import create_app
from shop.config import ROOT, Settings, read_settings_file

_file = Path(os.environ.get("SETTINGS_FILE", ROOT / "instance" / "settings.env"))
app = create_app(Settings.from_env(read_settings_file(_file) | dict(os.environ)))
