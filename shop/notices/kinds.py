"""What can be told: one entry per kind."""

from typing import Any

from shop.core.i18n import lazy_gettext as _l
from shop.notices.kind import Group, Kind
from shop.notices.of_goods import OF_GOODS

__all__ = ["KINDS", "Group", "Kind"]


def _safety(subject: Any, body: Any) -> Kind:
    """Make a kind about money or safety: by every way at once, at night too."""
    return Kind(subject, body, sms=True, group=Group.MONEY, urgent=True)


KINDS: dict[str, Kind] = {
    "news": Kind("%(subject)s", "%(words)s", group=Group.NEWS),  # only to who asked for it (shop.privacy.news)
    "cooperative_submitted": Kind(
        _l("New seller to admit: %(name)s"), _l("%(name)s asks to sell here. Open the application and decide.")
    ),
    "cooperative_admitted": Kind(_l("%(name)s is admitted"), _l("You may now send products for review."), sms=True),
    "cooperative_returned": Kind(
        _l("%(name)s: something is still missing"), _l("The officer writes: %(note)s"), sms=True
    ),
    "cooperative_declined": Kind(_l("%(name)s was not admitted"), _l("The officer writes: %(note)s"), sms=True),
    "cooperative_suspended": Kind(
        _l("%(name)s is off the market for now"), _l("The officer writes: %(note)s"), sms=True, urgent=True
    ),
    "cooperative_restored": Kind(
        _l("%(name)s is back on the market"), _l("Buyers see your goods again, each as it was."), sms=True
    ),
    "bank_account_proposed": _safety(
        _l("New bank account waits: %(name)s"),
        _l("%(person)s proposes a new bank account for %(name)s. If that is wrong, stop it now."),
    ),
    "bank_account_to_approve": Kind(
        _l("Bank account to approve: %(name)s"),
        _l("%(person)s proposes a new bank account for %(name)s. Call them before you approve it."),
        group=Group.MONEY,
    ),
    "bank_account_approved": _safety(
        _l("Bank account approved: %(name)s"),
        _l("%(person)s approved the new bank account of %(name)s. If that is wrong, stop it now."),
    ),
    "bank_account_stopped": _safety(
        _l("Bank account stopped: %(name)s"),
        _l("%(person)s stopped the new bank account of %(name)s. The present one stays."),
    ),
    "bank_account_in_force": _safety(
        _l("Bank account changed: %(name)s"), _l("The new bank account of %(name)s counts from now on.")
    ),
    "paper_returned": Kind(_l("A paper to send again: %(paper)s"), _l("The officer writes: %(note)s"), sms=True),
    "requirement_late": Kind(
        _l("%(name)s: still missing"), _l("Still missing: %(what)s. Add it, or call the officer."), sms=True
    ),
    "bank_account_set": _safety(
        _l("New bank account: %(name)s"),
        _l("%(person)s changed the bank account of %(name)s. If that is wrong, call the hotline now."),
    ),
    "certificate_sent": Kind(
        _l("A certificate to look at: %(name)s"), _l("%(name)s sent a certificate. Look at it and decide."), mail=False
    ),
    "certificate_verified": Kind(_l("%(certificate)s is verified"), _l("The officer has verified %(certificate)s.")),
    "certificate_returned": Kind(_l("%(certificate)s: to mend"), _l("The officer writes: %(note)s"), sms=True),
    "certificate_withdrawn": Kind(_l("%(certificate)s no longer counts"), _l("The officer writes: %(note)s"), sms=True),
    "certificate_ending": Kind(
        _l("%(certificate)s ends in %(days)s days"),
        _l("%(certificate)s ends in %(days)s days. Send the new one, so that buyers go on seeing it."),
        sms=True,
    ),
    "cooperative_joined": Kind(_l("%(person)s joined %(name)s"), _l("%(person)s is now a member of %(name)s.")),
    "help_began": _safety(
        _l("%(helper)s may act for %(name)s"),
        _l("%(helper)s may now act for %(name)s, never with money. See all of it, or stop it here:"),
    ),
    "account_taken_over": _safety(
        _l("%(person)s has an own account now"), _l("%(person)s signs in with an own phone now and manages %(name)s.")
    ),
    "help_ended": Kind(
        _l("%(name)s has ended your help"),
        _l("%(name)s has ended your help. What you did for them stays."),
        group=Group.NEWS,
    ),
    "revision_submitted": Kind(
        _l("To review: %(product)s"), _l("%(cooperative)s sent %(product)s for review."), mail=False
    ),
    "revision_approved": Kind(_l("Approved: %(product)s"), _l("%(product)s is approved and on sale."), sms=True),
    "revision_approved_by_rule": Kind(
        _l("Approved: %(product)s"),
        _l(
            "A rule approved %(product)s, no person: “%(rule)s”. "
            "Officers had approved your goods %(approvals)s times or more."
        ),
        sms=True,
    ),
    "revision_returned": Kind(
        _l("To mend: %(product)s"), _l("%(product)s needs %(count)s change(s). %(note)s"), sms=True
    ),
    "revision_rejected": Kind(_l("Not accepted: %(product)s"), _l("The officer writes: %(note)s"), sms=True),
    "suggestion_made": Kind(
        _l("A suggestion for %(product)s"),
        _l("The officer suggests other words for %(product)s: %(field)s. One tap takes them."),
        sms=True,
    ),
    "suggestion_taken": Kind(
        _l("%(person)s took your suggestion"), _l("%(person)s took your suggestion for %(product)s."), mail=False
    ),
    "suggestion_declined": Kind(
        _l("%(person)s declined your suggestion"), _l("%(person)s, on %(product)s: %(words)s"), mail=False
    ),
    "talked": Kind(
        _l("A question about %(product)s"), _l("%(person)s wrote to you about %(product)s. Read it and answer.")
    ),
    "channel_refused": Kind(
        _l("%(place)s did not take %(product)s"), _l("%(product)s, on %(place)s: %(said)s Here it stays on sale.")
    ),
    "decision_taken_back": Kind(
        _l("Not decided: %(product)s"), _l("The seller took this back. It comes again once it is sent."), mail=False
    ),
    "decision_suspended": Kind(
        _l("Not decided: %(product)s"), _l("This seller is suspended. The goods wait until they are back."), mail=False
    ),
    "decision_not_yours": Kind(
        _l("Not decided: %(product)s"), _l("This is not yours to decide any more. Another officer does."), mail=False
    ),
    "decision_failed": Kind(
        _l("Not decided: %(product)s"), _l("It could not be carried out. Look again, then decide."), mail=False
    ),
    "second_officer_needed": Kind(
        _l("A second officer is needed: %(commune)s"), _l("Goods in %(commune)s need a second officer. Appoint one.")
    ),
    "price_stayed": Kind(
        _l("Approved: %(product)s"), _l("The seller had changed the price meanwhile: that price stays."), mail=False
    ),
    "order_placed": Kind(
        _l("New order %(code)s"), _l("New order %(code)s. Send it by %(ship_by)s."), sms=True, group=Group.ORDERS
    ),
    "order_waiting": Kind(
        _l("Order %(code)s still waits"),
        _l("Order %(code)s waits for your answer. Send it by %(ship_by)s."),
        sms=True,
        group=Group.ORDERS,
    ),
    "order_to_call": Kind(
        _l("Call %(name)s: order %(code)s"),
        _l("%(name)s has not answered order %(code)s for 12 hours. Call them."),
        group=Group.ORDERS,
    ),
    "order_paid": Kind(
        _l("Order %(code)s is paid"), _l("Order %(code)s is paid. You may pack it."), sms=True, group=Group.ORDERS
    ),
    "change_ended": Kind(
        _l("Order %(code)s: pack it now"), _l("Order %(code)s now makes %(total)s."), sms=True, group=Group.ORDERS
    ),
    "transfer_waits": Kind(
        _l("Money came that fits no order: %(amount)s"),
        _l("%(amount)s came into your account and fits no order exactly. Look and say what it is for."),
        group=Group.MONEY,
    ),
    "cash_overdue": Kind(
        _l("%(carrier)s still has %(amount)s of yours"),
        _l("%(carrier)s took %(amount)s for you at the door more than 7 days ago. Call them, then note what came."),
        group=Group.MONEY,
    ),
    "refund_by_hand": Kind(
        _l("Send back %(amount)s for order %(code)s"),
        _l("Order %(code)s was paid by transfer and has ended. Send %(amount)s back to the buyer, then say so."),
        sms=True,
        group=Group.MONEY,
    ),
    "some_by_hand": Kind(
        _l("Give %(amount)s back for order %(code)s"),
        _l("Part of the money of order %(code)s goes back to the buyer. Give %(amount)s back, then say so."),
        sms=True,
        group=Group.MONEY,
    ),
    "disputed": Kind(
        _l("The payment of order %(code)s is disputed: %(amount)s"),
        _l("The bank asks about order %(code)s. An answer counts until %(until)s: see what helps."),
        sms=True,
        group=Group.MONEY,
    ),
    "order_cancelled": Kind(
        _l("Order %(code)s was cancelled"),
        _l("Order %(code)s was cancelled. Do not send it."),
        sms=True,
        group=Group.ORDERS,
    ),
    "order_message": Kind(
        _l("A buyer wrote: order %(code)s"),
        _l("The buyer of order %(code)s wrote to you. Read it and answer."),
        sms=True,
        group=Group.ORDERS,
    ),
    "own_order": Kind(  # in the words that the buyer's mail or SMS has; by no other way a second time
        "%(said)s", _l("See how far it is."), mail=False, group=Group.ORDERS
    ),
    "rated": Kind(
        _l("New rating: %(product)s"),
        _l("%(stars)s of 5 stars for %(product)s. Read it and answer."),
        group=Group.ORDERS,
    ),
    **OF_GOODS,
    "rating_reported": Kind(
        _l("A rating was reported: %(product)s"),
        _l("Somebody reported a rating of %(product)s. Read it and decide."),
        mail=False,
    ),
    "new_device": Kind(
        _l("Signed in on a new device"),
        _l("Somebody signed in to your account with %(device)s. If that was not you, change your password now."),
        group=Group.MONEY,
    ),
    "password_changed": _safety(
        _l("Your password was changed"),
        _l("The password of your account was changed. If that was not you, call the hotline now."),
    ),
    "email_changed": _safety(
        _l("Your e-mail was changed"),
        _l("Your account now signs in with another e-mail. If that was not you, call the hotline now."),
    ),
    "phone_changed": _safety(
        _l("Your phone number was changed"),
        _l("Your account now signs in with %(phone)s. If that was not you, call the hotline now."),
    ),
    "export_ready": Kind(
        _l("Your file is ready"), _l("The file with your data is ready. Download it within 7 days."), sms=True
    ),
    "zalo_refused": Kind(
        _l("Zalo takes no messages"),
        _l("Zalo no longer renews the market's key (%(said)s). SMS goes instead. Connect the account again."),
    ),
    "second_factor_set": _safety(
        _l("Your code app is set up"),
        _l("A code app now guards your account. If that was not you, call the hotline now."),
    ),
    "second_factor_removed": _safety(
        _l("Your code app is off"),
        _l("The code app of your account was taken off. If that was not you, call the hotline now."),
    ),
    "second_factor_reset": _safety(
        _l("Your code app was reset"), _l("An admin reset your code app. Set it up again at the next sign-in.")
    ),
    "recovery_code_used": _safety(
        _l("A recovery code was used"),
        _l("Somebody signed in with a recovery code; %(left)s are left. If that was not you, call the hotline now."),
    ),
}
