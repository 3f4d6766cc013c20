"""A market that lives: random people do random things through their own doors, and everything is remembered."""

import os
import random
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from cooperatives.models import Cooperative
from cooperatives.photos import services as keeping
from cooperatives.photos.models import Photo
from cooperatives.photos.names import master_name
from products import queries, services
from products.models import Product, ProductRevision, RevisionPhoto, RevisionText, Sku
from products.photos import services as photos
from products.review import tasks
from products.review.models import Decision
from products.search import tasks as search
from products.search.services import refresh
from shop.audit.models import AuditEntry
from shop.audit.services import READ
from shop.core.db import db, writing
from shop.core.images import make_master
from tests.browser import Browser
from tests.cast import PEOPLE, Cast
from tests.products.complete import VALUES, as_shown
from tests.products.review.sent import ten_seconds_pass

RUNS, STEPS = (500, 14) if os.environ.get("FULL") else (15, 8)
EVERYBODY = tuple(PEOPLE)
SIZE = (48, 36)  # pixels of a picture that nobody looks at
SELLERS, OFFICERS = ("member", "second_member"), ("officer", "officer", "admin")
Subject = tuple[str, int]


class Life:
    """One random run. `said` and `shown` hold what each revision said and showed when it was sent."""

    def __init__(self, app: Flask, cast: Cast, seed: int) -> None:
        self.app, self.cast, self.chance = app, cast, random.Random(seed)
        self.said: dict[tuple[int, int], str] = {}  # (product, number) to its word
        self.shown: dict[tuple[int, int], set[str]] = {}  # (product, number) to digests
        self.drawn: list[str] = []  # digests of photos drawn in this life
        self.log: list[str] = []
        self.browsers: dict[str, Browser] = {}
        self.goods = [cast.ids["tea"]]
        with writing():  # what is on sale from the start has its word, too
            tea = cast.product()
            name = self.said[tea.id, 1] = f"Chè {self.word()}"
            tea.approved.text("vi").name = name
            db.session.flush()
            refresh([tea.id])
        self.acts: list[tuple[Callable[[], int], int]] = [
            (self.write, 5), (self.send, 4), (self.decide, 6), (self.wait, 4), (self.undo, 2), (self.take_back, 1),
            (self.suspend, 1), (self.bring_back, 2), (self.shelf, 2), (self.price, 1), (self.take_again, 1),
            (self.begin, 1),
        ]  # fmt: skip

    def step(self) -> tuple[int, set[Subject], set[Subject], set[str]]:
        """Do one thing; returns the answer's status, what changed, what was audited, and by which actions."""
        before, last = self._state(), self._newest_row()
        act = self.chance.choices([one for one, _weight in self.acts], [weight for _one, weight in self.acts])[0]
        status = act()
        db.session.remove()
        self.log.append(f"{act.__name__}: {status}")
        after = self._state()
        changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        rows = db.session.scalars(select(AuditEntry).where(AuditEntry.id > last)).all()
        kept = [row for row in rows if row.action not in {READ, "decision_refused"}]
        audited = {
            (row.subject_kind, row.subject_id) for row in kept if row.subject_kind in {"products", "cooperatives"}
        }
        return status, changed, audited, {row.action for row in kept}

    # What people do. Each returns the status of the answer.
    def write(self) -> int:
        """Give the draft another name, and perhaps another photo."""
        code, key = self._one()
        who = self._somebody(SELLERS)
        self.browser(who).get(f"/my/products/{code}/edit")
        open_form = self.browser(who).response.status_code == 200
        fields = as_shown(self.browser(who)) if open_form else dict(VALUES, draft_key="x")
        fields |= {"name": f"Chè {self.word()}", "do": "save", "price_ok": "120000"}
        status = self.browser(who).post(f"/my/products/{code}/edit", **fields).status_code
        if status == 302 and self.chance.random() < 0.5:
            self._draw_for(key, who)
        return status

    def send(self) -> int:
        """Send the draft to the officer."""
        code, key = self._one()
        status = self._post(f"/my/products/{code}/submission", SELLERS)
        sent = queries.last_revision(db.session.get_one(Product, key))
        if sent is not None and sent.submitted_at is not None:
            number = key, sent.number
            self.said[number] = sent.text("vi").name
            self.shown[number] = set(self._digests(sent.id))
        return status

    def take_back(self) -> int:
        """Take back what waits."""
        return self._post(f"/my/products/{self._one()[0]}/submission/cancellation", SELLERS)

    def decide(self) -> int:
        """Approve, return or reject a number, mostly the newest."""
        code, key = self._one()
        number = max(1, queries.last_number(db.session.get_one(Product, key)) - (self.chance.random() < 0.1))
        verdict = self.chance.choices(["approve", "return", "reject"], [6, 2, 1])[0]
        return self._post(f"/review/products/{code}/{number}/decision", OFFICERS, verdict=verdict, note="Một lời")

    def undo(self) -> int:
        """Undo a decision."""
        code, key = self._one()
        number = queries.last_number(db.session.get_one(Product, key))
        return self._post(f"/review/products/{code}/{number}/decision/withdrawal", OFFICERS)

    def wait(self) -> int:
        """Let ten seconds pass, and the sweeps come by."""
        ten_seconds_pass()
        return 302

    def suspend(self) -> int:
        """Take the seller off the market."""
        return self._post(f"/review/sellers/{self.cast.cooperative().code}/suspension", OFFICERS, note="Một lời")

    def bring_back(self) -> int:
        """Bring the seller back."""
        return self._post(f"/review/sellers/{self.cast.cooperative().code}/restoration", OFFICERS)

    def shelf(self) -> int:
        """Pause goods, or put them on sale again."""
        how = self.chance.choice(["pause", "resume"])
        return self._post(f"/my/products/{self._one()[0]}/shelf", SELLERS, action=how)

    def price(self) -> int:
        """Change a price."""
        amount = str(self.chance.randrange(110, 131) * 1000)
        return self._post(f"/my/products/{self._one()[0]}/price", SELLERS, price=amount)

    def take_again(self) -> int:
        """Make a draft of an old version."""
        number = self.chance.randrange(1, 4)
        return self._post(f"/my/products/{self._one()[0]}/history/{number}/restoration", SELLERS, seen="1")

    def begin(self) -> int:
        """Begin other goods."""
        with writing():
            made = services.create_draft(self.cast.cooperative(), self.cast.member, f"key-{self.word()}")
            draft = services.editable(made, self.cast.member)
            services.save_draft(draft, VALUES | {"name": f"Miến {self.word()}"}, self.cast.member)
            self.goods.append(made.id)
        self._draw_for(self.goods[-1], "member")
        return 302

    # Who and what.
    def browser(self, who: str) -> Browser:
        """The browser of somebody, signed in once."""
        if who not in self.browsers:
            self.browsers[who] = Browser(self.app)
            self.browsers[who].sign_in(self.cast.user(who))
        return self.browsers[who]

    def word(self) -> str:
        """A word that nothing else on the market says."""
        return "zq" + "".join(self.chance.choices("bcdghklmnpqrstvx", k=6))

    def _somebody(self, likely: tuple[str, ...]) -> str:
        return self.chance.choice(likely if self.chance.random() < 0.8 else EVERYBODY)

    def _post(self, path: str, likely: tuple[str, ...], **fields: Any) -> int:
        return self.browser(self._somebody(likely)).post(path, **fields).status_code

    def _one(self) -> tuple[str, int]:
        key = self.chance.choice(self.goods)
        return db.session.get_one(Product, key).code, key

    def _draw_for(self, key: int, who: str) -> None:
        master = make_master(_picture(tuple(self.chance.randrange(256) for _ in range(3))))
        keeping.save_files(self.app.extensions["storage"], master)
        with writing():
            product, person = db.session.get_one(Product, key), self.cast.user(who)
            keeping.add(product.cooperative, person, master)
            photos.add(product, master.digest, person)
        self.drawn.append(master.digest)

    # What is there now.
    def _digests(self, revision: int) -> Iterator[str]:
        return iter(db.session.scalars(select(RevisionPhoto.digest).where(RevisionPhoto.revision_id == revision)).all())

    def _newest_row(self) -> int:
        return int(db.session.scalar(select(func.max(AuditEntry.id))) or 0)

    def _state(self) -> dict[Subject, Any]:
        """What counts of each product and seller: words, photos, states, decisions, shelf, price, stock."""
        db.session.remove()
        found: dict[Subject, list[Any]] = {}
        for table in (
            select(Product.id, Product.approved_revision_id, Product.shelf),
            select(ProductRevision.product_id, ProductRevision.id, ProductRevision.number, ProductRevision.state),
            select(ProductRevision.product_id, RevisionText.lang, RevisionText.name).join(RevisionText),
            select(ProductRevision.product_id, RevisionPhoto.digest).join(RevisionPhoto),
            select(Sku.product_id, Sku.code, Sku.price, Sku.on_hand),
            select(ProductRevision.product_id, Decision.id, Decision.withdrawn_at, Decision.carried_out_at).join(
                Decision
            ),
        ):
            for key, *rest in db.session.execute(table).all():
                found.setdefault(("products", key), []).append(str(rest))
        for key, state in db.session.execute(select(Cooperative.id, Cooperative.state)).all():
            found["cooperatives", key] = [state]
        return {key: sorted(map(str, rows)) for key, rows in found.items()}


def draw_small(app: Flask) -> None:
    """Give every photo row a small real picture, so that publishing it is quick."""
    small, digests = _picture((120, 90, 40)), db.session.scalars(select(Photo.digest)).all()
    for digest in digests:
        app.extensions["storage"].put(master_name(digest), small, "image/jpeg")
    with writing():
        for digest in digests:
            photo = db.session.get_one(Photo, digest)
            photo.width, photo.height = SIZE


def _picture(colour: tuple[int, ...]) -> bytes:
    drawn = BytesIO()
    Image.new("RGB", SIZE, colour).save(drawn, "JPEG")
    return drawn.getvalue()


def sweep() -> None:
    """Let the sweeps of pictures and of the search come by."""
    for one in (*tasks.SWEEPS, *search.SWEEPS):
        one()
