"""The admin's pages of rules, and the officer's page of what they approved."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from products.automatic import counts, queries, services
from products.automatic.forms import RuleForm
from products.automatic.models import LIMITS, ApprovalRule
from products.automatic.words import sentences
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.accounts.queries import communes_of_officer
from shop.core import clock, page
from shop.core.db import writing
from shop.core.errors import Invalid, NotFound
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.places.queries import communes_of

bp = Blueprint("automatic", __name__)
NO_RULE = _l("There is no such rule.")


@bp.get("/staff/approval-rules")
@role_required(Role.ADMIN)
def rules() -> str:
    """List the rules: what each asks, how much it approved, and what officers found in the tenth they read."""
    done = counts.done_by_rules()
    rows = [(rule, sentences(rule), done.get(rule.id, counts.Done())) for rule in counts.all_rules()]
    return render_template("products/automatic/rules.html", rows=rows)


@bp.route("/staff/approval-rules/new", methods=["GET", "POST"])
@role_required(Role.ADMIN)
def new() -> Response | str | tuple[str, int]:
    """Ask what a new rule approves, say it in words, and make it once these words were seen."""
    form = RuleForm.of_request()
    home = communes_of(current_app.extensions["settings"].home_province)
    form.communes.choices = [SelectChoice(one.code, one.short_name) for one in home]
    if not form.accepted():
        return _form(form, 422 if request.method == "POST" else 200)
    said = sentences(_wished(form))
    if form.seen.data != " ".join(said):
        return _form(form, 200, said)
    try:
        with writing():
            told = form.name.data or "", form.fields.data or [], form.communes.data or [], form.conditions
            services.make_rule(*told, me())
    except Invalid as problem:
        form.refuse(problem)
        return _form(form, problem.status)
    page.say(_("The rule holds from now on."))
    return redirect(url_for(".rules"))


@bp.post("/staff/approval-rules/<code>/end")
@role_required(Role.ADMIN)
def end(code: str) -> Response:
    """End a rule; what it took without effect so far waits for an officer again."""
    with writing():
        rule = queries.one_rule(code)
        if rule is None:
            raise NotFound(NO_RULE)
        services.end_rule(rule, me())
    page.say(_("The rule has ended."))
    return redirect(url_for(".rules"))


@bp.get("/review/products/by-rules")
@role_required(Role.OFFICER)
def recent() -> str:
    """Show the officer what rules approved in his communes in the last week, the newest first."""
    cursor = request.args.get("after")
    communes = communes_of_officer(me().id)
    found = counts.recent(communes, cursor)
    after = found.next_cursor
    return render_template(
        "products/automatic/recent.html",
        found=found,
        now=clock.now(),
        next_url=url_for(".recent", after=after) if after else "",
        first_url=url_for(".recent") if cursor else "",
    )


def _wished(form: RuleForm) -> ApprovalRule:
    """The rule as it is asked for, kept nowhere."""
    return ApprovalRule(
        name=form.name.data, fields=form.fields.data or [], communes=sorted(form.communes.data or []), **form.conditions
    )


def _form(form: RuleForm, status: int, said: list[str] | None = None) -> tuple[str, int]:
    form.seen.data = " ".join(said or [])
    return render_template("products/automatic/new.html", form=form, said=said or [], limits=LIMITS), status
