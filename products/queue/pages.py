"""The officer's page of what waits: which view it is, the others with their counts, and the rows with their marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from cooperatives.photos.names import private_view
from products.queue import queries
from products.queue.marks import marks
from products.queue.queries import Counted, View
from products.queue.workdays import late_before
from shop.accounts.models import User
from shop.core import clock
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.paging import Slice

WORDS = {
    View.ALL: _l("All, oldest first"),
    View.MINE: _l("Mine now"),
    View.LATE: _l("Over the target"),
    View.NEW: _l("New goods"),
    View.EDITS: _l("Changes"),
    View.NEW_SELLERS: _l("New sellers"),
    View.RISKY: _l("Risky goods"),
    View.SECOND: _l("Second yes"),
    View.BACK: _l("Mended, back again"),
}


class Tab(NamedTuple):
    """One saved view: its words, what narrows it, how many wait in it, and whether it is this one."""

    words: Any
    narrowed: dict[str, Any]
    waiting: int
    is_current: bool


@dataclass(frozen=True)
class Queue:
    """What an officer asked to see; `commune` "" means all of his, `text` "" everything."""

    officer: User
    communes: Sequence[str]
    view: View = View.ALL
    commune: str = ""
    text: str = ""
    cursor: str | None = None

    @cached_property
    def _late(self) -> Any:
        return late_before(clock.now())

    @cached_property
    def _counts(self) -> list[Counted]:
        return queries.counts(self.communes, self._late, self.officer)

    @cached_property
    def found(self) -> Slice:
        """The stretch of the queue to show."""
        here = [self.commune] if self.commune else self.communes
        return queries.stretch(here, self.view, self._late, self.officer, text=self.text, cursor=self.cursor)

    @cached_property
    def rows(self) -> list[Any]:
        """Each row with its marks and its first photo."""
        return [
            (row, marks(row, self.officer), private_view(row.digest, row.width, row.height) if row.digest else None)
            for row in queries.shown(self.found.items, self.officer)
        ]

    def beside(self, at: tuple[datetime, int], *, back: bool) -> Any:
        """Return (code, number) of what comes after or before in this queue; after the last comes the first again."""
        asked = ([self.commune] if self.commune else self.communes, self.view, self._late, self.officer)
        found = queries.beside(*asked, text=self.text, at=at, back=back)
        return found if found or back else queries.beside(*asked, text=self.text, at=None)

    def narrowed(self, **changed: str) -> dict[str, Any]:
        """Return what the address says of this queue, changed in some parts; empty parts are left out."""
        asked = {"view": self.view.value, "commune": self.commune, "q": self.text} | changed
        return {name: value for name, value in asked.items() if value}

    @property
    def views(self) -> list[Tab]:
        """The saved views, counted in the chosen commune."""
        here = [one for one in self._counts if self.commune in {"", one.commune}]
        return [
            Tab(words, self.narrowed(view=view.value), sum(one.waiting[view] for one in here), view is self.view)
            for view, words in WORDS.items()
        ]

    @property
    def places(self) -> list[Tab]:
        """The communes where something waits, counted in the chosen view; the first is all of them."""
        every = sum(one.waiting[self.view] for one in self._counts)
        found = [Tab(_("All your communes"), self.narrowed(commune=""), every, not self.commune)]
        for one in self._counts:
            is_current = one.commune == self.commune
            found.append(Tab(one.name, self.narrowed(commune=one.commune), one.waiting[self.view], is_current))
        return found
