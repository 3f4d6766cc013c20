"""What the built app shows at its edges: addresses, settings, and what it wakes up."""

import dataclasses
import json
import re
import subprocess
import sys

from shop.config import Settings
from tests.architecture import tree

HEAVY = {"stripe", "celery", "typst", "xlsxwriter", "redis", "prometheus_client", "sentry_sdk", "resvg_py"}
# Figures that a person may type into an address: they count, they identify nothing.
COUNTED = {"page", "width", "number", "position"}
FIRST_PAGE = """
import json, sys
from shop.app import create_app
from shop.config import Settings
app = create_app(Settings(**json.load(sys.stdin)))
status = app.test_client().get("/").status_code
print(json.dumps([status, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def test_no_database_id_in_any_address(app):
    """People and channels see random codes (8 letters and digits), never how many there are of something."""
    strays = [
        rule.rule
        for rule in app.url_map.iter_rules()
        for converter, name in re.findall(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>", rule.rule)
        if (converter == "int" and name not in COUNTED) or name == "id" or name.endswith("_id")
    ]
    assert strays == []


def test_heavy_libraries_sleep_until_they_are_needed(app):
    """Each costs a tenth of a second and many megabytes in every worker."""
    settings = json.dumps(dataclasses.asdict(app.extensions["settings"]))
    command = [sys.executable, "-c", FIRST_PAGE]
    ran = subprocess.run(command, input=settings, capture_output=True, text=True, check=False, cwd=tree.ROOT)
    assert ran.returncode == 0, ran.stderr
    status, awake = json.loads(ran.stdout.splitlines()[-1])
    assert status == 200
    assert HEAVY.intersection(awake) == set()


def test_every_setting_is_explained():
    told = (tree.ROOT / "README.md").read_text(encoding="utf-8")
    if (tree.ROOT / "docs" / "install.md").exists():
        told += (tree.ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    names = {field.name.upper() for field in dataclasses.fields(Settings)}
    assert {name for name in names if f"`{name}`" not in told} == set()


def test_no_setting_is_explained_that_does_not_exist():
    names = {field.name.upper() for field in dataclasses.fields(Settings)} | {"SETTINGS_FILE"}
    readme = (tree.ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z_]+)` \|", readme, re.MULTILINE)
    assert rows
    assert set(rows) - names == set()
