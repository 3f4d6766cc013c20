"""The checkout as the tests of the house read it: files, syntax trees, calls."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOMAIN_FILES = {"models", "lifecycle", "policies", "queries", "services", "checks"}


def shown(path: Path) -> str:
    """Give the path as a person in the checkout types it."""
    return str(path.relative_to(ROOT))


def files(*patterns: str) -> list[Path]:
    """Give the files of the checkout that match, generated and hidden ones left out."""
    found = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    hidden = {".venv", "__pycache__", "node_modules", "instance", "build", ".git"}
    return sorted(path for path in found if not hidden.intersection(path.relative_to(ROOT).parts))


@cache
def code() -> list[Path]:
    """Give every Python file of the market itself; migrations are history, they may be as long as they must."""
    found = files("wsgi.py", "shop/**/*.py", "products/**/*.py", "cooperatives/**/*.py")
    return [path for path in found if "versions" not in path.parts]


@cache
def syntax(path: Path) -> ast.Module:
    """Read a Python file once."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=shown(path))


def is_domain(path: Path) -> bool:
    """Tell whether a file is domain code: one of the names that never see the web."""
    return path.stem in DOMAIN_FILES or path.parent.name in DOMAIN_FILES


def called(node: ast.Call) -> str:
    """Give what a call calls, as far as it is written: "db.session.commit", "abort", "" for stranger things."""
    return dotted(node.func)


def dotted(node: ast.expr) -> str:
    """Write out a chain of names: a.b.c; "" when it begins with something else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        front = dotted(node.value)
        return f"{front}.{node.attr}" if front else f"?.{node.attr}"
    return ""


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Give line and name of each call in a file."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Call):
            yield node.lineno, called(node)


def names_read(path: Path) -> Iterator[tuple[int, str]]:
    """Give line and dotted name of each name or attribute that a file reads, the longest form of each."""
    inner: set[int] = set()
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Attribute | ast.Name) and id(node) not in inner:
            inside: ast.expr = node
            while isinstance(inside, ast.Attribute):
                inside = inside.value
                inner.add(id(inside))
            yield node.lineno, dotted(node)
