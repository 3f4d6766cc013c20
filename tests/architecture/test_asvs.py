"""docs/asvs.md promises tests: each is there, each item says something, and the numbers add up."""

import ast
import re

from tests.architecture import tree

PAGE = tree.ROOT / "docs" / "asvs.md"


def rows():
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| \d", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def names_in(path):
    return {node.name for node in ast.walk(tree.syntax(path)) if isinstance(node, ast.FunctionDef)}


def test_every_named_test_is_there():
    missing = []
    for item, _asked, held, _remark in rows():
        for name in re.findall(r"`([^`]+)`", held):
            file, _, test = name.partition("::")
            path = tree.ROOT / file
            if not path.exists() or (test and test not in names_in(path)):
                missing.append(f"{item}: {name}")
    assert missing == []


def test_what_has_no_test_says_why():
    silent = [item for item, _asked, held, remark in rows() if held == "not yet" and not remark]
    assert silent == []
    assert all(held == "not yet" or "`tests/" in held for _item, _asked, held, _remark in rows())


def test_the_numbers_add_up():
    told = re.search(r"(\d+) of (\d+) items have a test, (\d+) of these in part", PAGE.read_text(encoding="utf-8"))
    held = [row for row in rows() if row[2] != "not yet"]
    part = [row for row in held if row[3].startswith("in part")]
    assert told
    assert [int(number) for number in told.groups()] == [len(held), len(rows()), len(part)]
