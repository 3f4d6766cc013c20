"""Prints the path of a Chromium for the browser tests; installs Debian's when root and none is there.

    python -m tests.tools.chromium

Looked for in this order: CHROME_PATH; a Chromium or Chrome on the PATH or in its usual place; one that Playwright
keeps; `apt-get install chromium` as root. Otherwise one sentence on standard error, and status 1. In CI the one
without windows is installed beside it: what is only looked at is drawn by that in half the time.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

WINDOWLESS = "chromium-headless-shell"  # Debian's package and its program
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
USUAL_PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
KEPT_BY_PLAYWRIGHT = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium")
FONTS = Path("/usr/share/fonts/truetype/noto/NotoSansDevanagari-Regular.ttf")
HOW_TO_GET_ONE = "No Chromium found: run 'sudo apt-get install chromium fonts-noto-core', or set CHROME_PATH to one."


def main() -> int:
    """Print the path; 1 when there is none and none could be installed."""
    if given := os.environ.get("CHROME_PATH"):
        return answer(given if os.access(given, os.X_OK) else None)
    path = found()
    missing = [] if path else ["chromium"]
    missing += [] if FONTS.exists() else ["fonts-noto-core"]
    missing += [WINDOWLESS] if os.environ.get("CI") and not shutil.which(WINDOWLESS) else []
    if missing and is_root_on_debian():
        install(missing)
        path = path or found()
    return answer(path)


def answer(path: str | None) -> int:
    """Print the path, or how to get one; gives the exit status."""
    if path is None:
        print(HOW_TO_GET_ONE, file=sys.stderr)
        return 1
    print(path)
    return 0


def found() -> str | None:
    """Give the path of a Chromium that this machine has, or None."""
    if given := os.environ.get("CHROME_PATH"):
        return given if os.access(given, os.X_OK) else None
    for name in (*NAMES, *USUAL_PLACES):
        if path := shutil.which(name):
            return path
    caches = (Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright")
    kept = sorted(path for cache in caches for pattern in KEPT_BY_PLAYWRIGHT for path in cache.glob(pattern))
    return str(kept[-1]) if kept else None


def windowless() -> str | None:
    """Give the path of the Chromium that has no windows, and no push; where there is none, of any."""
    return shutil.which(WINDOWLESS) or found()


def is_root_on_debian() -> bool:
    """Tell whether we may install packages here."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> None:
    """Install Debian's browsers, and the fonts without which Hindi is drawn as boxes; its talk goes to stderr."""
    run_apt("update", "-qq")
    for package in packages:  # one that a release does not have keeps no other away
        run_apt("install", "-y", "-qq", "--no-install-recommends", package)


def run_apt(*words: str) -> None:
    """Run apt-get; whether it helped is seen by looking again."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", *words], check=False, stdout=sys.stderr, env=quiet)


if __name__ == "__main__":
    sys.exit(main())
