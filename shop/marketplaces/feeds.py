"""The two files that channels fetch: Google's RSS and Meta's CSV, written row by row from the same goods."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from cooperatives.photos.names import photo_view
from products.catalogue import category_name
from products.certificates.shown import Shown
from products.packs import base_unit
from products.weights import grams_of, in_proportion
from shop.core.cells import plain
from shop.core.present import origin, settings
from shop.marketplaces.queries import Goods
from shop.marketplaces.readiness import LONGEST_TITLE

GOOGLE = "http://base.google.com/ns/1.0"
LONGEST_DESCRIPTION = 5000  # Google; Meta takes 9,999
LONGEST_BRAND = 70
WIDEST = 960  # pixels: the widest public rendition
UNITS = {"g": "g", "ml": "ml", "piece": "ct"}  # of unit pricing, support.google.com/merchants/answer/6324455
BASES = {"g": ("100 g", "1 kg"), "ml": ("100 ml", "1 l"), "piece": ("1 ct", "1 ct")}
LARGE = 1000  # base units from which a price is compared by kg or l
META = (
    *("id", "title", "description", "availability", "condition", "price", "link", "image_link", "brand"),
    *("sale_price", "sale_price_effective_date"),
    *("item_group_id", "product_type", "quantity_to_sell_on_facebook", "shipping_weight"),
)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def google(rows: Iterable[Goods], papers: Callable[[], Mapping[str, Sequence[Shown]]]) -> Iterator[str]:
    """Yield the pieces of an RSS 2.0 file with the attributes of Google Merchant Center's product data.

    `papers` gives the certificates in force by product code, asked for once, if at all; Meta has no field for them.
    """
    present, known = settings(), None
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<rss version="2.0" xmlns:g="{GOOGLE}">\n<channel>\n'
    yield f"<title>{_xml(present.market_name)}</title>\n<link>{_xml(origin())}/</link>\n"
    yield f"<description>{_xml(present.operator or present.market_name)}</description>\n"
    for row in rows:
        facts = "".join(f"<g:{name}>{_xml(value)}</g:{name}>" for name, value in _google(row).items() if value)
        if row.has_papers and known is None:
            known = papers()
        details = _details((known or {}).get(row.product_code, ()))
        yield f"<item>{facts}{details}</item>\n"
    yield "</channel>\n</rss>\n"


def meta(rows: Iterable[Goods]) -> Iterator[str]:
    """Yield the lines of a CSV file for a Meta catalogue; no cell can be taken for a formula."""
    yield _line(META)
    for row in rows:
        yield _line(_meta(row).values())


def _google(row: Goods) -> dict[str, str]:
    small, large = BASES[base_unit(row.pack_word)]
    return {
        "id": row.sku_code,
        "title": row.name[:LONGEST_TITLE],
        "description": _description(row),
        "link": _link(row),
        "image_link": _picture(row),
        "availability": "in_stock" if row.free > 0 else "out_of_stock",
        "price": _price(row),
        **_sale(row),
        "brand": row.seller[:LONGEST_BRAND],
        "identifier_exists": "no",
        "condition": "new",
        "item_group_id": row.product_code,
        "product_type": category_name(row.category, "vi"),
        "unit_pricing_measure": f"{row.pack_amount} {UNITS[base_unit(row.pack_word)]}",
        "unit_pricing_base_measure": large if row.pack_amount >= LARGE else small,
        "shipping_weight": _weight(row),
    }


def _details(papers: Sequence[Shown]) -> str:
    """Return certificates as product details (support.google.com/merchants/answer/9218260)."""
    return "".join(
        f"<g:product_detail><g:section_name>Chứng nhận</g:section_name>"
        f"<g:attribute_name>{_xml(one.badge)}</g:attribute_name>"
        f"<g:attribute_value>{_xml(_proof(one))}</g:attribute_value></g:product_detail>"
        for one in papers
    )


def _proof(one: Shown) -> str:
    last = f", đến {one.expires_on:%d/%m/%Y}" if one.expires_on else ""
    return f"Số {one.number}, {one.issuer}{last}"


def _meta(row: Goods) -> dict[str, str]:
    values = {
        "id": row.sku_code,
        "title": row.name[:LONGEST_TITLE],
        "description": _description(row),
        "availability": "in stock" if row.free > 0 else "out of stock",  # with spaces, unlike Google's
        "condition": "new",
        "price": _price(row),
        **_sale(row),
        "link": _link(row),
        "image_link": _picture(row),
        "brand": row.seller[:LONGEST_BRAND],
        "item_group_id": row.product_code,
        "product_type": category_name(row.category, "vi"),
        "quantity_to_sell_on_facebook": str(max(row.free, 0)),
        "shipping_weight": _weight(row),
    }
    return {name: values[name] for name in META}


def _description(row: Goods) -> str:
    return "\n\n".join(text for text in (row.summary, row.story) if text)[:LONGEST_DESCRIPTION]


def _link(row: Goods) -> str:
    return f"{origin()}/products/{row.slug}-{row.product_code}"


def _picture(row: Goods) -> str:
    """Return the absolute address of the public JPEG, 960 px wide where the photo is as wide."""
    if row.photo is None:
        return ""
    view = photo_view(row.photo, row.photo_width or 0, row.photo_height or 0)
    return origin() + view.url(max(width for width in view.widths if width <= WIDEST), "jpg")


def _price(row: Goods) -> str:
    """Return the usual price; what is paid in a sale is the sale price of both channels."""
    return f"{row.usual_price or row.price} VND"


def _sale(row: Goods) -> dict[str, str]:
    """Return the sale price and its days as two ISO times joined by "/" (support.google.com/merchants/answer/6324460).

    The times are local ones with their offset: from the first minute of the first day to the last of the last.
    """
    if row.usual_price is None or row.sale_from is None or row.sale_until is None:
        return {"sale_price": "", "sale_price_effective_date": ""}
    begins, ends = (
        f"{day.isoformat()}T{hour}+07:00" for day, hour in ((row.sale_from, "00:00"), (row.sale_until, "23:59"))
    )
    return {"sale_price": f"{row.price} VND", "sale_price_effective_date": f"{begins}/{ends}"}


def _weight(row: Goods) -> str:
    """Return what a pack weighs for the carrier, in grams; nothing where it would be a guess about a piece."""
    if base_unit(row.pack_word) == "piece" and not (row.net_grams or row.packed_grams):
        return ""
    pack, first = (row.pack_word, row.pack_amount), (row.first_word, row.first_amount)
    weighed = [in_proportion(grams, pack, first) for grams in (row.net_grams, row.packed_grams)]
    return f"{grams_of(*pack, *weighed)} g"


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("", text))


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow([plain(cell) for cell in cells])
    return written.getvalue()
