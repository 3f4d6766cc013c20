"""Templates: macros come from where they are imported, nothing runs or is styled inside a page."""

import re

import pytest
from jinja2 import Environment, meta, nodes

from tests.architecture import tree

TEMPLATES = tree.files("templates/**/*.html", "templates/**/*.txt", "templates/**/*.xml")
HTML = [path for path in TEMPLATES if path.suffix == ".html" and "mail" not in path.parts]
ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"], autoescape=True)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
FORBIDDEN = {
    "script in the page": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")", re.IGNORECASE),
    "style in the page": re.compile(r"<style|\sstyle=", re.IGNORECASE),
    "handler in the page": re.compile(r"<[^>]*\son[a-z]+=", re.IGNORECASE),
    "address of the javascript kind": re.compile(r"javascript:", re.IGNORECASE),
    "something from another origin": re.compile(r"(src|href)=\"(https?:)?//", re.IGNORECASE),
}


def source(path):
    return path.read_text(encoding="utf-8")


def parsed(path):
    page = ENVIRONMENT.parse(source(path))
    for word in page.find_all((nodes.Filter, nodes.Test)):  # the app brings its own; here only their names matter
        (ENVIRONMENT.filters if isinstance(word, nodes.Filter) else ENVIRONMENT.tests).setdefault(word.name, str)
    return page


def imports(page):
    """Give name -> (file, name there) for `from … import …`, and name -> (file, None) for `import … as …`."""
    found = {}
    for node in page.find_all((nodes.FromImport, nodes.Import)):
        assert isinstance(node.template, nodes.Const), "a template imports a file it names"
        if isinstance(node, nodes.Import):
            found[node.target] = (node.template.value, None)
            continue
        for item in node.names:
            there, here = item if isinstance(item, tuple) else (item, item)
            found[here] = (node.template.value, there)
    return found


MACROS = {
    str(path.relative_to(tree.ROOT / "templates")): {macro.name for macro in parsed(path).find_all(nodes.Macro)}
    for path in TEMPLATES
}


def test_what_is_imported_is_used_and_there():
    faults = []
    for path in TEMPLATES:
        page = parsed(path)
        used = {name.name for name in page.find_all(nodes.Name) if name.ctx == "load"}
        for here, (file, there) in imports(page).items():
            if here not in used:
                faults.append(f"{tree.shown(path)} imports {here} and never uses it")
            if file not in MACROS or (there is not None and there not in MACROS[file]):
                faults.append(f"{tree.shown(path)} imports {here} from {file}, which has none")
    assert faults == []


def test_macros_are_called_only_where_they_are_imported():
    """Jinja finds out about a forgotten import only when a person opens the page."""
    all_macros = set().union(*MACROS.values())
    faults = []
    for path in TEMPLATES:
        page = parsed(path)
        called = {call.node.name for call in page.find_all(nodes.Call) if isinstance(call.node, nodes.Name)}
        at_hand = set(imports(page)) | {macro.name for macro in page.find_all(nodes.Macro)}
        missing = (called & meta.find_undeclared_variables(page) & all_macros) - at_hand
        faults += [f"{tree.shown(path)} calls {name}" for name in sorted(missing)]
    assert faults == []


@pytest.mark.parametrize("what", FORBIDDEN)
def test_a_page_carries_no(what):
    """One policy for all pages (docs/adr on the content policy): it would be blocked anyway."""
    found = [
        f"{tree.shown(path)}:{COMMENT.sub('', source(path)).count(chr(10), 0, match.start()) + 1} {match.group(0)[:60]}"
        for path in HTML
        for match in FORBIDDEN[what].finditer(COMMENT.sub("", source(path)))
    ]
    assert found == []


def test_templates_lie_where_their_room_lies():
    """templates/<same path as the room>/<endpoint>.html: the path is known without looking."""
    shared = {"macros", "errors", "mail", "sms", "base.html"}
    folders = {path.parent.relative_to(tree.ROOT / "templates") for path in TEMPLATES}
    strays = [
        str(folder)
        for folder in folders
        if folder.parts and folder.parts[0] not in shared and not (tree.ROOT / folder / "__init__.py").exists()
    ]
    assert strays == []


def test_every_template_is_named_somewhere():
    """A page that nothing renders, includes or extends is dead weight."""
    texts = "\n".join(source(path) for path in [*tree.code(), *TEMPLATES])
    names = {str(path.relative_to(tree.ROOT / "templates")) for path in TEMPLATES}
    unnamed = {name for name in names if name not in texts and name.split("/")[0] not in {"mail", "sms"}}
    assert unnamed == set()
