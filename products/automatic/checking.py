"""What the officer's checklist says of a change that a rule fits: any doubt about it is the officer's."""

from products import queries as products
from products.certificates.lines import paper_lines
from products.certificates.papers import held, needed
from products.checklist.lines import PASS, WRONG, Check
from products.comparison import Comparison
from products.models import ProductRevision
from products.review.checklist import checks


def doubts(revision: ProductRevision) -> list[Check]:
    """Return the lines for which an officer reads this change of goods on sale; none: a rule may approve it.

    Whatever is wrong; what would be looked at in a field that changes; a paper that the goods need and that no
    certificate in force proves.
    """
    photos = products.photos_of([revision.id]).get(revision.id, [])
    papers = held(revision.product)
    found = [one for one in checks(revision, photos, (), certificates=papers) if one.kind != PASS]
    moved = _changed(revision)
    missing = any(paper.kinds and paper.proof is None for paper in needed(revision, papers))
    kept = [one for one in found if one.kind == WRONG or one.field in moved]
    return [*kept, *(one for one in paper_lines(revision, papers) if missing and one.kind != PASS)]


def _changed(revision: ProductRevision) -> set[str]:
    before, skus = revision.product.approved, revision.product.skus
    if before is None or not skus:
        return set()
    compared = Comparison(before, revision, {}, skus[0].usual)
    return {change.field for change in compared.changes} | ({"price"} if compared.price else set())
