"""Every file keeps the size in which a person can hold it; see docs/adr on floors and rooms."""

import ast

import pytest

from tests.architecture import tree

BOUNDS = {
    "Python": (250, tree.code()),
    "template": (150, tree.files("templates/**/*.*")),
    "style sheet": (250, tree.files("static/**/*.css")),
    "script": (120, tree.files("static/**/*.js")),
    "test": (300, tree.files("tests/**/*.py")),
}
FUNCTION = 40


@pytest.mark.parametrize("kind", BOUNDS)
def test_no_file_outgrows_its_room(kind):
    bound, paths = BOUNDS[kind]
    lengths = {tree.shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    assert {path: lines for path, lines in lengths.items() if lines > bound} == {}


def test_no_function_is_longer_than_a_screen():
    """Its docstring is not counted: nobody shall explain less to fit."""
    too_long = {}
    for path in tree.code():
        for node in ast.walk(tree.syntax(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (
                    (node.end_lineno or node.lineno)
                    - node.lineno
                    + 1
                    - len((ast.get_docstring(node) or "").splitlines())
                )
                if lines > FUNCTION:
                    too_long[f"{tree.shown(path)}:{node.lineno} {node.name}"] = lines
    assert too_long == {}


def test_a_sign_on_every_door():
    """Each module begins with one sentence that says what it is for (in tests, the helpers do)."""
    helpers = [path for path in tree.files("tests/**/*.py") if not path.name.startswith("test_")]
    signs = {tree.shown(path): ast.get_docstring(tree.syntax(path)) or "" for path in [*tree.code(), *helpers]}
    unsigned = [path for path, sign in signs.items() if not sign.split("\n\n")[0].rstrip().endswith((".", ":", "?"))]
    assert unsigned == []


def test_the_door_of_a_room_is_bare():
    """Nothing wakes up by importing a package; registries and the command line say what they hold."""
    may_hold = {"methods", "carriers", "channels", "cli"}
    doors = [path for path in tree.code() if path.name == "__init__.py" and path.parent.name not in may_hold]
    assert [tree.shown(path) for path in doors if tree.syntax(path).body[1:]] == []
