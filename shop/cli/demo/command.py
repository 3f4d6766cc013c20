"""flask demo: an empty database becomes a market day, the same each time, marked as demo."""

from collections.abc import Mapping

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select

from products.search import services as search
from products.search import tasks as search_tasks
from shop.accounts.models import User
from shop.cli.demo import cash, certificates, disputes, ratings
from shop.cli.demo.catalogue import make
from shop.cli.demo.changes import fall_short
from shop.cli.demo.learning import finish_lessons
from shop.cli.demo.market import Writer
from shop.cli.demo.market_types import DemoMarket, Person
from shop.cli.demo.pictures import Drawn, draw_into
from shop.cli.demo.trade import Trade
from shop.cli.demo.upkeep import Upkeep
from shop.cli.rows import learn_sizes
from shop.config import ROOT
from shop.core.db import db, writing
from shop.core.phones import show_phone
from shop.core.present import media_key
from shop.payments.books import services as books


@click.command("demo")
@click.option("--seed", default=2026, show_default=True)
@click.option("--if-empty", is_flag=True, help="Do nothing when the database holds people already.")
@with_appcontext
def command(seed: int, if_empty: bool) -> None:
    """Fill an empty database with the demo market; refuses one that holds anything else."""
    people = db.session.scalar(select(func.count(User.id))) or 0
    strangers = db.session.scalar(select(func.count(User.id)).where(User.demo.is_(False))) or 0
    db.session.rollback()
    if people and if_empty:
        return
    if people:
        what = "real people" if strangers else "the demo market already"
        raise click.ClickException(f"This database holds {what}. The demo goes into an empty one only.")
    market = make(seed)
    click.echo("Drawing the goods.")
    storage = current_app.extensions["storage"]
    drawn, papers = draw_into(storage, media_key()), certificates.lay_papers(storage, market)
    click.echo("Writing the market.")
    rows = fill(market, drawn, seed, papers)
    ratings.lay_photos(storage)
    _sign_ins(market)
    sellers, products = len(market.sellers), len(market.goods)
    click.echo(
        f"The demo market stands: {sellers} sellers, {products} products, {rows} rows, {len(drawn)} photographs."
    )


def fill(market: DemoMarket, drawn: dict[str, Drawn], seed: int, papers: Mapping[int, str]) -> int:
    """Write a planned market in one transaction, with the photos of `papers`; returns the number of rows."""
    writer = Writer(market, drawn, seed)
    writer.write()
    Trade(writer, seed).write()
    Upkeep(writer, seed).write()
    finish_lessons(writer, seed)
    certificates.write(writer, papers, seed)
    ratings.write(writer, seed)
    db.session.rollback()
    with writing() as session:
        rows = writer.sheet.write(session.connection())
        books.fill(session.connection())
        fall_short()
        cash.pay_in()
        disputes.dispute_one()
        search.rebuild_all()
        learn_sizes(session.connection())
    for sweep in search_tasks.SWEEPS:
        sweep()
    return rows


def cast(market: DemoMarket) -> list[tuple[str, Person]]:
    """Return one person of each kind, with the words for what they do."""
    seller = market.sellers[0]
    return [
        ("grows and sells", seller.manager),
        ("extension officer", next(one for one in market.officers if seller.commune in one.communes)),
        ("second officer", market.officers[-1]),
        ("community digital team", market.helpers[0]),
        ("buys", market.buyers[0]),
        ("answers for the market", market.admin),
    ]


def _sign_ins(market: DemoMarket) -> None:
    """Write who may sign in with which phone; the code of each sign-in lies in the sandbox."""
    lines = ["  Sign in by phone; the code is in 'Mails and codes'. Officer and admin are then asked for the code"]
    lines += ["  of an app: the page shows it, here only."]
    lines += [f"  {words:24} {show_phone(one.phone):16} {one.name}" for words, one in cast(market)]
    path = ROOT / "instance" / "demo_sign_ins.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
