"""The lines of the officer's checklist about papers: needed ones, and words that no certificate allows."""

from collections.abc import Iterable

from cooperatives.certificates.kinds import KINDS
from cooperatives.certificates.models import Certificate
from products.certificates.papers import Paper, needed, unproved
from products.checklist.lines import LOOK, PASS, WRONG, Check
from products.models import ProductRevision
from shop.core.formats import show_date
from shop.core.i18n import current_language
from shop.core.i18n import gettext as _


def paper_lines(revision: ProductRevision, certificates: list[Certificate]) -> Iterable[Check]:
    """Say of each needed paper whether it is verified, and of each claim that it is not."""
    for paper in needed(revision, certificates):
        yield _line(paper)
    for claim in unproved(revision, certificates):
        name = KINDS[claim.kind].name
        yield Check(WRONG, claim.field, _("Says “%(word)s” without a verified %(kind)s", word=claim.word, kind=name))


def _line(paper: Paper) -> Check:
    name = paper.name(current_language())
    if paper.proof is not None and paper.proof.expires_on is not None:
        words = _("%(paper)s: verified, until %(day)s", paper=name, day=show_date(paper.proof.expires_on))
        return Check(PASS, "name", words, _address(paper.proof))
    if paper.proof is not None:
        return Check(PASS, "name", _("%(paper)s: verified", paper=name), _address(paper.proof))
    if paper.waits is not None:
        return Check(LOOK, "name", _("%(paper)s: sent, look at it", paper=name), _address(paper.waits))
    if not paper.kinds:
        return Check(LOOK, "name", _("To see on the goods: %(paper)s", paper=name))
    return Check(LOOK, "name", _("%(paper)s: not sent yet", paper=name))


def _address(certificate: Certificate) -> str:
    return f"/review/certificates/{certificate.code}"
