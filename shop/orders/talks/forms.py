"""What one side writes about an order."""

import re
from typing import Any

from wtforms import HiddenField

from shop.core.codes import secret_token
from shop.core.forms import AtMost, Form, LongTextField, Needed
from shop.core.i18n import lazy_gettext as _l
from shop.orders.talks.models import LONGEST

PRESS = re.compile(r"[\w-]{16,64}", re.ASCII)


class MessageForm(Form):
    """A few words, and the name of the press that sends them."""

    text = LongTextField(_l("Your message"), [Needed(_l("Write what you want to say.")), AtMost(LONGEST)])
    press = HiddenField()

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Give a fresh form its press, and one that came without a usable one another."""
        super().process(*args, **kwargs)
        given = self.press.data or ""
        if not PRESS.fullmatch(given):
            self.press_again()

    def press_again(self) -> None:
        """Let what is sent next be another message."""
        self.press.data = secret_token()

    def named(self, name: str) -> "MessageForm":
        """Return it with ids of its own: a page may have several."""
        self.text.id = self.text.label.field_id = f"words-{name}"
        self.press.id = f"press-{name}"
        return self
