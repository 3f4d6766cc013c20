"""Sellers and people of the demo, with numbers from one invented block."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from shop.cli.demo.facts import read
from shop.cli.demo.market_types import Buyer, Person, Seller
from shop.core.text import fold

SECOND = "officer-second"  # the key of who answers for every commune beside its own officer
MEMBERS = {"cooperative": 2, "group": 1, "household": 0}
BANKS = ("970405", "970418", "970415", "970436", "970449")  # NAPAS: Agribank, BIDV, VietinBank, Vietcombank, LPBank


def numbers() -> Iterator[str]:
    """Yield mobile numbers in E.164 from the block 0912 000 xxx, each once."""
    for last in range(1, 1000):
        yield f"+84912000{last:03d}"


def staff(phones: Iterator[str]) -> tuple[Person, tuple[Person, ...], tuple[Person, ...]]:
    """Return the admin, the officers and the helpers.

    Together the officers answer for all 38 communes; the last answers for each of them too, for what needs two.
    """
    people = read("people")
    admin = Person("admin", people["admin"], next(phones))
    officers = tuple(
        Person(f"officer-{n}", one["name"], next(phones), communes=tuple(one["communes"]))
        for n, one in enumerate(people["officers"], 1)
    )
    everywhere = tuple(commune for one in officers for commune in one.communes)
    officers += (Person(SECOND, people["second_officer"], next(phones), communes=everywhere),)
    helpers = tuple(
        Person(f"helper-{n}", one["name"], next(phones), communes=(one["commune"],))
        for n, one in enumerate(people["helpers"], 1)
    )
    return admin, officers, helpers


def buyers(phones: Iterator[str]) -> tuple[Buyer, ...]:
    """Return those who order, each with an address."""
    return tuple(
        Buyer(
            key=f"buyer-{n:02d}",
            name=one["name"],
            phone=next(phones),
            language=one["language"],
            province=one["province"],
            commune=one["commune"],
            line=one["line"],
        )
        for n, one in enumerate(read("people")["buyers"], 1)
    )


def sellers(phones: Iterator[str], officers: tuple[Person, ...], dice: Random) -> tuple[Seller, ...]:
    """Return every seller with its people; at least one in each commune."""
    names = {people: list(listed) for people, listed in read("people")["members"].items()}
    return tuple(_seller(row, phones, officers, names, dice) for row in read("sellers")["sellers"])


def _seller(
    row: dict[str, Any],
    phones: Iterator[str],
    officers: tuple[Person, ...],
    names: dict[str, list[str]],
    dice: Random,
) -> Seller:
    manager = Person(f"{row['key']}-1", row["contact"], next(phones))
    members = tuple(
        Person(f"{row['key']}-{n}", names[row["people"]].pop(0), next(phones))
        for n in range(2, 2 + MEMBERS[row["kind"]])
        if names[row["people"]]
    )
    return Seller(
        key=row["key"],
        kind=row["kind"],
        name=row["name"],
        name_en=name_en(row["kind"], row["name"]),
        commune=row["commune"],
        hamlet=row["hamlet"],
        hamlet_en=hamlet_en(row["hamlet"]),
        places=tuple(row["places"]),
        people=row["people"],
        story=row["story"],
        story_en=row["story_en"],
        band=tuple(read("looks")["bands"][row["band"]]),
        state=row["state"],
        manager=manager,
        members=members,
        bank_bin=dice.choice(BANKS),
        bank_number=f"9{dice.randrange(10**11):011d}",
        bank_holder=fold(row["contact"] if row["kind"] != "cooperative" else row["name"]).upper(),
        age=timedelta(days=dice.randint(120, 420))
        if row["state"] == "active"
        else timedelta(hours=dice.randint(5, 70)),
        officer=next(officer.key for officer in officers if row["commune"] in officer.communes),
    )


def name_en(kind: str, name: str) -> str:
    """Return how English sentences call a seller: "Nương Mây Cooperative", "the Khung Cửi group"."""
    for start in ("Hợp tác xã ", "Tổ hợp tác ", "Tổ may thêu ", "Tổ dệt ", "Hộ "):
        if name.startswith(start):
            own = name.removeprefix(start)
            return {
                "cooperative": f"{own} Cooperative",
                "group": f"the {own} group",
                "household": f"{own}'s household",
            }[kind]
    return name


def hamlet_en(hamlet: str) -> str:
    """Return a hamlet in English: "bản Nà Phát" is Nà Phát village."""
    if hamlet.startswith("tổ dân phố"):
        return f"neighbourhood {hamlet.rsplit(' ', 1)[1]}"
    return f"{hamlet.split(' ', 1)[1]} village"
