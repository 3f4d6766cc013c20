"""How a certificate stands, in a word and a shape."""

from cooperatives.certificates.lifecycle import CertificateState
from cooperatives.certificates.models import Certificate
from shop.core.i18n import gettext as _
from shop.core.i18n import ngettext

SOON = 60  # days: from here on the seller is asked for the next one


def state_words(one: Certificate) -> tuple[str, str]:
    """Return the word and its kind (ok, doing, warn, bad, off) for a certificate today."""
    left = one.days_left
    if one.state is CertificateState.VERIFIED and left is not None:
        if left < 0:
            return _("ended"), "bad"
        if left == 0:
            return _("ends today"), "warn"
        words = ngettext("%(num)s day left", "%(num)s days left", left)
        return words, "warn" if left <= SOON else "ok"
    return {
        CertificateState.SUBMITTED: (_("with the officer"), "doing"),
        CertificateState.VERIFIED: (_("verified"), "ok"),
        CertificateState.RETURNED: (_("to mend"), "warn"),
        CertificateState.REPLACED: (_("replaced by a newer one"), "off"),
        CertificateState.WITHDRAWN: (_("withdrawn by the officer"), "bad"),
        CertificateState.TAKEN_BACK: (_("taken back"), "off"),
    }[one.state]
