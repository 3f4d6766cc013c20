"""What people type and what they mean: one table for whichever engine the suite runs on."""

import pytest

from products.models import Product
from products.packs import base_unit
from products.search import queries, services
from products.search.queries import How
from products.season import month_bit, this_month
from shop.core.db import db, writing
from tests.products.search.goods import make_market

TEA, RICE, HONEY = "Chè Shan tuyết cổ thụ Tả Lèng", "Gạo Séng cù Than Uyên", "Mật ong rừng Mường Mô"
MEAT, HEN, EGGS = "Thịt trâu gác bếp", "Gà đen H'Mông", "Trứng gà đen"
NOODLES, YACON, NUTS, MACADAMIA = "Miến dong Bình Lư", "Khoai sâm Sìn Hồ", "Lạc đỏ nương", "Mắc ca sấy nứt vỏ"
SHIITAKE, LIQUOR, CARDAMOM, PINEAPPLE = "Nấm hương khô", "Rượu ngô men lá", "Thảo quả khô", "Dứa mật"
BAG, BATH = "Túi thổ cẩm", "Thuốc tắm người Dao đỏ"

MEANT = [  # typed, what comes first
    ("Chè Shan tuyết", TEA),
    ("chè shan tuyết", TEA),
    ("che shan tuyet", TEA),
    ("CHE SHAN TUYET", TEA),
    ("Che\u0300 Shan tuye\u0302\u0301t", TEA),  # NFD, as a Mac writes it
    ("shan tuyet che", TEA),  # in another order
    ("che shan tuy", TEA),  # the last word is not finished
    ("cheshantuyet", TEA),  # written together
    ("shantuyet", TEA),
    ("che chan tuyet", TEA),  # a slip of the ear
    ("chef shan tuyeets", TEA),  # Telex left its letters
    ("chè shan tuyêt", TEA),  # a mark forgotten
    ("tra shan", TEA),  # the other word for tea
    ("ancient tea", TEA),
    ("seng cu", RICE),
    ("sengcu", RICE),
    ("gao sengcu", RICE),
    ("xeng cu", RICE),  # s = x
    ("séng cù than uyên", RICE),
    ("mat ong", HONEY),
    ("matong rung", HONEY),
    ("mật ong rừng", HONEY),
    ("honey", HONEY),
    ("शहद", HONEY),
    ("trau gac bep", MEAT),
    ("thit trau say", MEAT),  # an alias of the type
    ("smoked buffalo", MEAT),
    ("thitj traau gacs beeps", MEAT),
    ("hmong", HEN),
    ("h'mông", HEN),
    ("h mong", HEN),
    ("ga den hmong", HEN),
    ("trung ga", EGGS),
    ("chung ga den", EGGS),  # ch = tr
    ("mien dong", NOODLES),
    ("mien dongg", NOODLES),
    ("miến doong bình lư", NOODLES),
    ("khoai sam", YACON),
    ("yacon", YACON),
    ("hoang sin co", YACON),
    ("dau phong", NUTS),  # the southern word
    ("đậu phộng", NUTS),
    ("nac do", NUTS),  # l = n
    ("mac ca", MACADAMIA),
    ("macadamia", MACADAMIA),
    ("macadamai", MACADAMIA),  # two letters changed places
    ("मैकाडामिया", MACADAMIA),
    ("nam huong", SHIITAKE),
    ("nấm", SHIITAKE),
    ("ruou ngo", LIQUOR),
    ("liquor", LIQUOR),
    ("thao qua", CARDAMOM),  # sold out, yet found
    ("cardamon", CARDAMOM),
    ("khom", PINEAPPLE),
    ("tho cam", BAG),
    ("thuốc tắm dao", BATH),
    ("Lò Thị Vân honey", HONEY),  # by its seller
    ("giang ma che", TEA),  # by a former commune of Tả Lèng
    ("che tam duong", TEA),  # by the former district
]


@pytest.fixture
def market(cast):
    return make_market(cast)


def names(ids):
    return [db.session.get_one(Product, one).approved.name for one in ids]


@pytest.mark.parametrize("chunk", range(4))
def test_what_people_type_finds_what_they_mean(market, chunk):
    wrong = {}
    for typed, meant in MEANT[chunk::4]:
        found = names(queries.find(typed, limit=1).ids)
        if found != [meant]:
            wrong[typed] = found
    assert wrong == {}


def test_text_without_a_word_asks_nothing(market):
    for typed in ("", " ", "…", "?!", "\"'()*:^", "-", "\x00", "\ud800", "☕"):
        assert queries.find(typed)[:3] == ([], 0, How.EMPTY)


def test_operators_of_the_engine_are_only_words(market):
    for typed in (
        "che AND",
        "NEAR(che tuyet)",
        "words:che",
        "che OR",
        'che"',
        "che' | 'x",
        "che:*",
        "!che",
        "\\",
        "che <-> a",
    ):
        queries.find(typed)  # an engine that read these would raise
    assert names(queries.find('"che" (shan) tuyet*', limit=1).ids) == [TEA]


def test_long_texts_are_cut(market):
    assert queries.find("che " * 500 + "x" * 10_000).how is not How.EMPTY


def test_a_mended_word_is_told_as_it_is_spelled(market):
    found = queries.find("mien dongg")
    assert (found.how, found.understood) == (How.MENDED, "miến dong")
    assert queries.find("che chan tuyet").understood == "chè shan tuyết"
    assert queries.find("mien dong").understood == ""


def test_when_not_all_words_occur_the_nearest_come(market):
    found = queries.find("mien zzzzzz rong")
    assert found.how is How.NEAREST
    assert NOODLES in names(found.ids)
    assert queries.find("zzzzzz")[:3] == ([], 0, How.NOTHING)


def test_exact_marks_come_before_folded_ones(market):
    """Nậm Chà and Nậm Cha are two places that fold to one."""
    assert names(queries.find("Nậm Chà", limit=3).ids)[0] in {HONEY, HEN, MACADAMIA, BAG}
    assert names(queries.find("Nậm Cha", limit=1).ids)[0] in {YACON, NUTS, PINEAPPLE}


def test_goods_in_stock_come_before_goods_that_are_out(market):
    found = names(queries.find("kho").ids)
    assert found.index(SHIITAKE) < found.index(CARDAMOM)


def test_among_equals_the_newest_comes_first(market):
    found = names(queries.find("hộ lò thị vân").ids)
    assert found == [BAG, MACADAMIA, HEN, HONEY]


def test_category_and_commune_narrow(market):
    assert names(queries.find("den", category="meat_egg", commune="03405").ids) == [EGGS]
    assert queries.find("den", category="tea")[:3] == ([], 0, How.NOTHING)
    assert EGGS not in names(queries.find("den", commune="03472").ids)


def test_a_price_narrows_and_alone_finds_what_costs_so(market):
    prices = {name: db.session.get_one(Product, one).skus[0].price for name, one in market.items()}
    line = prices[HONEY]
    assert HONEY in names(queries.find(f"mật ong đến {line} đ").ids)
    assert HONEY not in names(queries.find(f"mật ong dưới {line - 1} đ").ids)
    found = queries.find(f"từ {line} đ trở lên", limit=100)
    cast_goods = {db.session.get_one(Product, one).approved.name for one in found.ids} - prices.keys()
    assert set(names(found.ids)) - cast_goods == {name for name, price in prices.items() if price >= line}
    assert (found.how, found.reading.least) == (How.TYPED, line)
    assert queries.find("mật ong dưới 1k").how is How.NOTHING


def test_the_pack_that_was_asked_comes_first(market):
    sku = db.session.get_one(Product, market[HONEY]).skus[0]
    with writing():
        db.session.get_one(Product, market[HONEY]).skus[0].pack_amount = 777
        db.session.get_one(Product, market[MACADAMIA]).skus[0].pack_amount = 778
    unit = "ml" if base_unit(sku.pack_word) == "ml" else "g"
    assert names(queries.find(f"hộ lò thị vân 777 {unit}").ids)[0] == HONEY


def test_what_is_in_season_comes_before_what_is_not(market):
    bit = month_bit(this_month())
    with writing():
        for name, mask in ((NUTS, bit), (PINEAPPLE, 0xFFF & ~bit), (YACON, 0)):
            product = db.session.get_one(Product, market[name])
            product.approved.season_months = mask
        db.session.flush()
        services.refresh([market[NUTS], market[PINEAPPLE], market[YACON]])
    found = names(queries.find("chẻo lở mẩy").ids)
    assert found == [NUTS, YACON, PINEAPPLE]  # the newest of them is out of season


def test_pages_are_slices_of_one_order(market):
    whole = queries.find("kho", limit=100)
    assert whole.total > 1
    assert [*queries.find("kho", limit=1).ids, *queries.find("kho", limit=100, offset=1).ids] == whole.ids
    assert queries.find("kho", limit=1).total == whole.total == len(whole.ids)


def test_a_word_that_stands_everywhere_is_cut_short(market, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 3)
    found = queries.find("xa", limit=100)
    assert (len(found.ids), found.total, found.more) == (3, 3, True)
    assert not queries.find("yacon").more
