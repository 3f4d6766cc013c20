"""What search engines read of a product: schema.org in JSON-LD."""

from collections.abc import Sequence
from typing import Any

from products.certificates.shown import Shown
from products.views import ProductView
from shop.ratings.models import MOST_STARS
from shop.ratings.shown import Stars

_BASE = {"g": "GRM", "ml": "MLT", "piece": "C62"}  # UN/CEFACT codes
_PICTURE_WIDTH = 960
NONE = Stars()


def product_data(
    view: ProductView, url: str, origin: str, papers: Sequence[Shown] = (), stars: Stars = NONE
) -> dict[str, Any]:
    """Return the product as schema.org Product with an Offer; `url` and `origin` are absolute addresses.

    https://schema.org/Product; goods that are ordered by telephone are offered in store only.
    `papers` are the certificates in force: a seller's own words never become one here.
    """
    widest = (max(w for w in picture.widths if w <= _PICTURE_WIDTH) for picture in view.pictures)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": view.name.text,
        "description": view.summary.text or view.name.text,
        "sku": view.packs[0].sku_code,
        "url": url,
        "category": view.category_name,
        "image": [f"{origin}{picture.url(width, 'jpg')}" for picture, width in zip(view.pictures, widest, strict=True)],
        "brand": {"@type": "Brand", "name": view.seller.name},
        "offers": [_offer(view, pack, url) for pack in view.packs],
    }
    if papers:
        data["hasCertification"] = [_certification(one, origin) for one in papers]
    if stars.enough:
        data["aggregateRating"] = _aggregate(stars)
    return data


def _aggregate(stars: Stars) -> dict[str, Any]:
    """Return what the page shows as https://schema.org/AggregateRating; nothing where the page shows no average."""
    bounds = {"bestRating": MOST_STARS, "worstRating": 1}
    return {"@type": "AggregateRating", "ratingValue": stars.tenths / 10, "ratingCount": stars.total, **bounds}


def _certification(one: Shown, origin: str) -> dict[str, Any]:
    """Return a certificate as https://schema.org/Certification."""
    stars = {"certificationRating": {"@type": "Rating", "ratingValue": one.grade, "bestRating": 5}} if one.grade else {}
    ends = {"expires": one.expires_on.isoformat()} if one.expires_on else {}
    return {
        "@type": "Certification",
        "name": one.badge,
        "certificationIdentification": one.number,
        "certificationStatus": "https://schema.org/CertificationActive",
        "issuedBy": {"@type": "Organization", "name": one.issuer},
        "datePublished": one.issued_on.isoformat(),
        "url": f"{origin}{one.photo}",
        **stars,
        **ends,
    }


def _offer(view: ProductView, pack: Any, url: str) -> dict[str, Any]:
    state = "InStoreOnly" if not view.orderable else "InStock" if view.most(pack) else "OutOfStock"
    ends = {"priceValidUntil": pack.until.isoformat()} if pack.until else {}
    return {
        "@type": "Offer",
        "url": url,
        "sku": pack.sku_code,
        "price": pack.price,
        "priceCurrency": "VND",
        "availability": f"https://schema.org/{state}",
        "eligibleQuantity": {"@type": "QuantitativeValue", "value": pack.amount, "unitCode": _BASE[pack.base]},
        "seller": {"@type": "Organization", "name": view.seller.name},
        **ends,
    }
