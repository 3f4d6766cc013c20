"""The map of the house (setup.cfg, importlinter) names every room that exists."""

import configparser
import graphlib
import re

import grimp

from tests.architecture import tree

# What lies under shop/ and is no floor: history, sentences, and the stand-ins with a contract of their own.
NO_FLOOR = {"shop.migrations", "shop.translations", "shop.sandbox"}
SEVEN = {"lifecycle", "models", "policies", "queries", "checks", "services", "forms", "routes", "tasks"}


def contract(name):
    config = configparser.ConfigParser(interpolation=None)
    config.read(tree.ROOT / "setup.cfg", encoding="utf-8")
    return config[f"importlinter:contract:{name}"]


def floors():
    return set(re.findall(r"[a-z_.]+", contract("floors")["layers"]))


def packages(*patterns):
    found = {path.parent for path in tree.files(*patterns)}
    return {".".join(path.relative_to(tree.ROOT).parts) for path in found}


def test_every_room_stands_on_a_floor():
    rooms = packages("shop/*/__init__.py", "products/__init__.py", "cooperatives/__init__.py")
    modules = {f"shop.{path.stem}" for path in tree.files("shop/*.py") if path.stem != "__init__"}
    assert (rooms | modules) - NO_FLOOR - floors() == set()


def test_every_floor_in_the_contract_has_a_room_or_brackets():
    waiting = set(re.findall(r"\(([a-z_.]+)\)", contract("floors")["layers"]))
    built = packages("shop/*/__init__.py", "*/__init__.py")
    built |= {f"shop.{path.stem}" for path in tree.files("shop/*.py")}
    assert floors() - waiting - built == set()
    assert waiting & built == set(), "a room that is built needs no brackets"


def test_the_stand_ins_may_know_only_the_ground_floor():
    """Every floor but the ground and the settings is forbidden to shop.sandbox by name."""
    forbidden = set(contract("sandbox-ground")["forbidden_modules"].split())
    waiting = set(re.findall(r"\(([a-z_.]+)\)", contract("floors")["layers"]))
    assert floors() - waiting - {"shop.core", "shop.config"} - forbidden == set()


def test_rooms_lie_where_the_names_are_watched():
    """The order of the seven names is checked in products/*, cooperatives/*, shop/* and shop/*/*, no deeper."""
    deepest = {"products": 3, "cooperatives": 3, "shop": 4}
    paths = [path.relative_to(tree.ROOT).parts for path in tree.code() if path.stem in SEVEN]
    assert [parts for parts in paths if len(parts) > deepest[parts[0]]] == []


def test_no_circle_of_imports():
    """Not between rooms, not inside one, not even hidden in a function: a module can be read after its imports."""
    graph = grimp.build_graph("shop", "products", "cooperatives", cache_dir=None)
    order = graphlib.TopologicalSorter({name: graph.find_modules_directly_imported_by(name) for name in graph.modules})
    order.prepare()  # raises CycleError with the circle in it


def test_every_folder_of_code_is_a_package():
    """Without __init__.py a folder is invisible to the import contracts."""
    folders = {path.parent for path in tree.code() if path.parent != tree.ROOT and "migrations" not in path.parts}
    assert [tree.shown(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_the_top_level_stays_as_it_is():
    """A newcomer sees the whole house from its doorstep."""
    known = {
        *("shop", "products", "cooperatives", "templates", "static", "tests", "docs"),
        *("wsgi.py", "setup.cfg", "pyproject.toml", "Makefile", "requirements.lock", "requirements-test.lock"),
        *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"),
        *("instance", "build", "node_modules"),  # made here, never kept
    }
    here = {path.name for path in tree.ROOT.iterdir() if not path.name.startswith((".", "__pycache__"))}
    assert {name for name in here - known if not name.endswith(".egg-info")} == set()
