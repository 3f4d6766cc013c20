"""Things that have one home: the clock, the environment, raw HTML, whole đồng."""

import ast
import re

from tests.architecture import tree

CLOCK = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "datetime.datetime.now"}
MONEY = re.compile(r"(^|_)(price|amount|total|fee|cost|money|dong|paid|refund|deposit)s?($|_)")
HALVES = {"float", "Float", "REAL", "Double", "DOUBLE"}


def test_one_reader_of_time():
    strays = [
        f"{tree.shown(path)}:{line} {name}"
        for path in tree.code()
        if tree.shown(path) != "shop/core/clock.py" and "sandbox" not in path.parts  # the world outside has its own
        for line, name in tree.calls(path)
        if name in CLOCK
    ]
    assert strays == []


def test_only_the_entries_read_the_environment():
    """Settings are read once and handed in; what reads the environment deep inside cannot be tested."""
    homes = ("wsgi.py", "shop/config.py", "shop/cli/")
    strays = [
        f"{tree.shown(path)}:{line} {name}"
        for path in tree.code()
        if not tree.shown(path).startswith(homes)
        for line, name in tree.names_read(path)
        if name.startswith(("os.environ", "os.getenv", "environ.", "getenv"))
    ]
    assert strays == []


def test_tests_read_the_environment_in_few_places():
    strays = [
        f"{tree.shown(path)}:{line} {name}"
        for path in tree.files("tests/**/test_*.py")
        for line, name in tree.names_read(path)
        if name.startswith(("os.environ", "os.getenv"))
    ]
    assert strays == []


def test_raw_html_is_written_not_received():
    """Markup() switches escaping off: only around a text in the source, with .format() for what varies."""
    strays = [
        f"{tree.shown(path)}:{node.lineno}"
        for path in tree.code()
        for node in ast.walk(tree.syntax(path))
        if isinstance(node, ast.Call) and tree.called(node).split(".")[-1] == "Markup"
        if not all(isinstance(argument, ast.Constant) for argument in node.args)
    ]
    assert strays == []


def test_no_template_switches_escaping_off():
    raw = re.compile(r"\|\s*safe\b|autoescape\s+false")
    paths = tree.files("templates/**/*.*")
    assert [tree.shown(path) for path in paths if raw.search(path.read_text(encoding="utf-8"))] == []


def test_money_is_whole_dong():
    """No float touches money: not as a type, not by division, not by round(). Prices of the demo are drawn by dice."""
    earnest = [path for path in tree.code() if "demo" not in path.parts]
    assert [stray for path in earnest for stray in halves_of_dong(path)] == []


def halves_of_dong(path):
    for node in ast.walk(tree.syntax(path)):
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div) and speaks_of_money(node):
            yield f"{tree.shown(path)}:{node.lineno} divides money: use // and say where the rest goes"
        elif isinstance(node, ast.Call) and tree.called(node) in {"float", "round"} and speaks_of_money(node):
            yield f"{tree.shown(path)}:{node.lineno} {tree.called(node)}() on money"
        elif isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
            name = node.arg if isinstance(node, ast.arg) else tree.dotted(node.target)
            types = {
                tree.dotted(part).split(".")[-1] for part in ast.walk(node.annotation) if isinstance(part, ast.expr)
            }
            if MONEY.search(name) and types & HALVES:
                yield f"{tree.shown(path)}:{node.lineno} {name} is a float"


def speaks_of_money(node):
    names = {part.attr if isinstance(part, ast.Attribute) else part.id
             for part in ast.walk(node) if isinstance(part, ast.Attribute | ast.Name)}  # fmt: skip
    return any(MONEY.search(name) for name in names)


def test_no_column_holds_fractions():
    """Quantities are whole packs and base units, money is whole đồng."""
    strays = [
        f"{tree.shown(path)}:{line} {name}"
        for path in tree.code()
        if path.stem == "models" or "migrations" in path.parts
        for line, name in tree.names_read(path)
        if name.split(".")[-1] in {"Float", "Numeric", "REAL", "Double", "DECIMAL"}
    ]
    assert strays == []
