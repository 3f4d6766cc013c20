"""Every kept change of a seller has its sentence, in every language."""

import ast

import pytest

from cooperatives.history import words
from shop.audit.models import AuditEntry
from shop.core.i18n import use_language
from tests.architecture import tree

# Kept for the chain; what people read of it stands elsewhere.
SILENT: set[str] = set()


def kept_actions():
    """The actions that code of this floor records on a seller, as far as they are written as words."""
    found = set()
    for path in tree.code():
        if path.relative_to(tree.ROOT).parts[0] != "cooperatives":
            continue
        for node in ast.walk(tree.syntax(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "record":
                action, subject = node.args[0], node.args[1]
                named = getattr(subject, "id", getattr(subject, "attr", ""))
                if isinstance(action, ast.Constant) and named in {"cooperative", "seller"}:
                    found.add(action.value)
    return found


def test_nothing_is_kept_without_words():
    assert kept_actions() - set(words.actions()) == SILENT


FACTS = {
    "kind": "household", "note": "Thiếu giấy", "role": "member", "member": 7,
    "first": "2026-11-30", "last": "2026-12-02", "fields": ["contact"],
    "months": 12, "helper": 7, "until": "2027-11-30T00:00:00+00:00",
}  # fmt: skip


@pytest.mark.parametrize("lang", ["vi", "en", "hi"])
def test_each_is_a_sentence(app, lang):
    with app.app_context(), use_language(lang):
        for action in words.actions():
            said = words.sentence(AuditEntry(action=action, facts=FACTS), {7: "Lò Văn Tâm"})
            assert said and "%(" not in said and action not in said
