"""What search engines read of a page: schema.org in JSON-LD, and nothing that the page itself does not say."""

from collections.abc import Sequence
from typing import Any

from products.certificates.shown import Shown
from products.views import PackView, ProductView
from shop.ratings.models import MOST_STARS
from shop.ratings.shown import Stars
from shop.storefront.sellers import Producer

Data = dict[str, Any]

_BASE = {"g": "GRM", "ml": "MLT", "piece": "C62"}  # UN/CEFACT codes
_PICTURE_WIDTH = 960
_CONTEXT = "https://schema.org"
NONE = Stars()


def product_data(
    view: ProductView, url: str, seller_url: str, origin: str, *, papers: Sequence[Shown] = (), stars: Stars = NONE
) -> Data:
    """Return the product as schema.org Product with an Offer for each pack; all addresses are absolute.

    https://schema.org/Product; goods that are ordered by telephone are offered in store only.
    `papers` are the certificates in force: a seller's own words never become one here.
    """
    widest = (max(w for w in picture.widths if w <= _PICTURE_WIDTH) for picture in view.pictures)
    data: Data = {
        "@context": _CONTEXT,
        "@type": "Product",
        "name": view.name.text,
        "description": view.summary.text or view.name.text,
        "sku": view.packs[0].sku_code,
        "url": url,
        "category": view.category_name,
        "image": [f"{origin}{picture.url(width, 'jpg')}" for picture, width in zip(view.pictures, widest, strict=True)],
        "brand": {"@type": "Brand", "name": view.seller.name},
        "offers": [_offer(view, pack, url, seller_url) for pack in view.packs],
    }
    if papers:
        data["hasCertification"] = [_certification(one, origin) for one in papers]
    if stars.enough:
        data["aggregateRating"] = _aggregate(stars)
    return data


def trail(steps: Sequence[tuple[str, str]]) -> Data:
    """Return the way to a page as https://schema.org/BreadcrumbList: (name, absolute address), the page itself last."""
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": url}
        for place, (name, url) in enumerate(steps, start=1)
    ]
    return {"@context": _CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def market_data(name: str, origin: str, logo: str, hotline: str) -> Data:
    """Return the market as https://schema.org/Organization; `logo` is an address on this site."""
    data: Data = {"@context": _CONTEXT, "@type": "Organization", "name": name, "url": f"{origin}/"}
    data["logo"] = f"{origin}{logo}"
    if hotline:
        data["telephone"] = hotline
    return data


def seller_data(seller: Producer, url: str, origin: str, papers: Sequence[Shown] = ()) -> Data:
    """Return a seller as https://schema.org/Organization with place, telephone and the certificates in force."""
    data: Data = {"@context": _CONTEXT, "@type": "Organization", "name": seller.name, "url": url}
    data["telephone"] = seller.phone
    data["address"] = {"@type": "PostalAddress", "addressLocality": seller.commune.name, "addressCountry": "VN"}
    if seller.registration_number:
        data["identifier"] = seller.registration_number
    if papers:
        data["hasCertification"] = [_certification(one, origin) for one in papers]
    if seller.stars.enough:
        data["aggregateRating"] = _aggregate(seller.stars)
    return data


def _aggregate(stars: Stars) -> Data:
    """Return what the page shows as https://schema.org/AggregateRating; nothing where the page shows no average."""
    bounds = {"bestRating": MOST_STARS, "worstRating": 1}
    return {"@type": "AggregateRating", "ratingValue": stars.tenths / 10, "ratingCount": stars.total, **bounds}


def _certification(one: Shown, origin: str) -> Data:
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


def _offer(view: ProductView, pack: PackView, url: str, seller_url: str) -> Data:
    state = "InStoreOnly" if not view.orderable else "InStock" if view.most(pack) else "OutOfStock"
    ends = {"priceValidUntil": pack.until.isoformat()} if pack.until else {}
    struck = {"priceSpecification": _struck(pack.usual)} if pack.usual else {}
    return {
        "@type": "Offer",
        "url": url,
        "sku": pack.sku_code,
        "price": pack.price,
        "priceCurrency": "VND",
        "availability": f"https://schema.org/{state}",
        "eligibleQuantity": {"@type": "QuantitativeValue", "value": pack.amount, "unitCode": _BASE[pack.base]},
        "seller": {"@type": "Organization", "name": view.seller.name, "url": seller_url},
        **ends,
        **struck,
    }


def _struck(usual: int) -> Data:
    """Return the price that the page strikes through in a sale: https://schema.org/StrikethroughPrice."""
    kind = "https://schema.org/StrikethroughPrice"
    return {"@type": "UnitPriceSpecification", "priceType": kind, "price": usual, "priceCurrency": "VND"}
