"""What a rule asks, in short sentences: the same before it is made and ever after."""

from products.automatic.models import ApprovalRule
from products.fields import LABELS
from products.lowrisk import SAMPLE_PERCENT
from shop.core.i18n import gettext as _
from shop.core.i18n import ngettext
from shop.places import queries as places


def sentences(rule: ApprovalRule) -> list[str]:
    """Return what the rule approves, for whom, and what stays with officers."""
    fields = ", ".join(str(LABELS[field]) for field in LABELS if field in rule.fields)
    found = [_("It approves small changes of: %(fields)s.", fields=fields)]
    if rule.communes:
        names = places.communes(rule.communes)
        here = ", ".join(names[code].short_name if code in names else code for code in rule.communes)
        found.append(_("Only sellers of: %(communes)s.", communes=here))
    found.append(_("Officers approved the seller at least %(number)s times.", number=rule.approvals))
    if rule.days:
        found.append(_("On the market for at least %(number)s days.", number=rule.days))
    asked = {"recent": rule.recent, "percent": rule.returned_percent}
    found.append(_("Of the last %(recent)s decisions at most %(percent)s%% were sent back.", **asked))
    if rule.quiet_days:
        found.append(_("No question about the goods and no suspension for %(number)s days.", number=rule.quiet_days))
    a_day = ngettext("At most %(num)s change a seller a day.", "At most %(num)s changes a seller a day.", rule.per_day)
    found.append(a_day)
    kept = _("Officers still read %(percent)s of a hundred, by lot, and whatever is risky.", percent=SAMPLE_PERCENT)
    return [*found, kept]
