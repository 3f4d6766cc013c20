import pytest
from sqlalchemy import delete, func, insert, select, update

from shop.core.db import db, writing
from shop.places import checks, services
from shop.places.models import Commune, CommuneAlias, Province


def problems():
    return [problem for check in checks.CHECKS for problem in check()]


@pytest.mark.usefixtures("session")
def test_the_facts_are_there_and_loading_again_changes_nothing():
    assert problems() == []
    with writing() as session:
        assert services.load(session) == 0
    assert db.session.scalar(select(func.count()).select_from(Commune)) == 3321
    assert problems() == []


@pytest.mark.usefixtures("session")
def test_what_changed_is_mended_and_nothing_in_use_is_deleted():
    with writing() as session:
        session.execute(update(Commune).where(Commune.code == "03390").values(name="Xã Bình Lu", folded="x"))
        session.execute(update(Province).where(Province.code == "12").values(name="Tỉnh Lai"))
        session.execute(update(CommuneAlias).where(CommuneAlias.name == "Xã Mường Than").values(note=None))
        session.execute(delete(CommuneAlias).where(CommuneAlias.name == "Xã Giang Ma"))
        session.execute(insert(CommuneAlias), [{"commune_code": "03390", "name": "Xã Cũ", "folded": "cu"}])
        retired = {"code": "99999", "province_code": "12", "name": "Xã Lạ", "short_name": "Lạ", "name_en": "Lạ Commune"}
        session.execute(insert(Commune), [{**retired, "kind": "xa", "folded": "la", "sort_key": "0"}])
    assert len(problems()) >= 5
    with writing() as session:
        assert services.load(session) == 5
        assert services.load(session) == 0
    assert db.session.get(Commune, "03390").name == "Xã Bình Lư"
    assert db.session.scalar(select(CommuneAlias.note).where(CommuneAlias.name == "Xã Mường Than")) == "elsewhere"
    assert problems() == ["commune 99999 Xã Lạ is not in the facts"]


@pytest.mark.usefixtures("session")
def test_verify_names_what_is_wrong():
    with writing() as session:
        session.execute(delete(CommuneAlias).where(CommuneAlias.name == "Xã Giang Ma"))
        session.execute(insert(CommuneAlias), [{"commune_code": "03390", "name": "Xã Cũ", "folded": "cu"}])
        session.execute(update(Province).where(Province.code == "12").values(kind="huyen"))
        session.execute(delete(Commune).where(Commune.code == "00004"))
    assert sorted(problems()) == [
        "commune 00004 Phường Ba Đình is missing",
        "older name Xã Cũ of 03390 is not in the facts",
        "older name Xã Giang Ma of 03405 is missing",
        "province 12: kind is 'huyen', not 'tinh'",
    ]


@pytest.mark.usefixtures("session")
def test_loading_outside_a_door_is_refused():
    with pytest.raises(RuntimeError, match="only doors write"):
        db.session.execute(update(Commune).values(name="x"))
