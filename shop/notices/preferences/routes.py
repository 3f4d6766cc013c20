"""How I want to be told."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from shop.accounts.access import me
from shop.accounts.models import User
from shop.core import languages, page
from shop.core.db import writing
from shop.core.errors import Invalid
from shop.core.i18n import gettext as _
from shop.core.present import settings
from shop.notices.kinds import Group
from shop.notices.preferences import queries, services
from shop.notices.preferences.forms import PreferenceForm
from shop.notices.preferences.models import Way

bp = Blueprint("notice_preferences", __name__)


@bp.route("/account/notices", methods=["GET", "POST"])
def index() -> Response | str:
    """Show and keep the ways, the quiet hours and the language."""
    person = me()
    kept, offered = queries.of(person), _offered(person)
    form = PreferenceForm.of_person(person, kept, offered)
    if form.accepted():
        ways, quiet = form.ways(kept, offered), (int(form.quiet_from.data), int(form.quiet_to.data))
        if not offered or any(way in offered for way in ways[Group.MONEY]):
            daily, language = form.daily.data == "daily", form.language.data
            with writing():
                services.choose(person, ways, quiet=quiet, daily=daily, language=language)
            page.say(_("Saved."))
            answer = redirect(url_for(".index"))
            answer.delete_cookie(languages.COOKIE)
            return answer
        form.refuse(Invalid("money", services.ONE_WAY))
    return render_template("shop/notices/preferences.html", form=form)


def _offered(person: User) -> list[Way]:
    """Name the ways that can reach this person today."""
    zalo = person.phone if settings().zalo_speaks else None
    reach = {Way.MAIL: person.email, Way.SMS: person.phone, Way.ZALO: zalo}
    reach[Way.PUSH] = settings().vapid_private_key
    return [way for way in Way if reach.get(way)]
