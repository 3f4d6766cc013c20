"""A new table that names a person is thought of in the privacy room: emptied at an erasure, or kept for a reason."""

from shop.core.db import db

EMPTIED = {  # shop.privacy.erasing deletes or closes them, or takes the person out
    *("login_names", "one_time_codes", "user_sessions", "known_devices", "second_factors", "recovery_codes"),
    *("notices", "notice_digests", "notice_preferences", "carts", "memberships", "purpose_consents", "purchases"),
    *("voice_notes", "invitations", "push_subscriptions", "beginnings", "talk_reads"),
    "stock_waits",
    "order_messages",  # of the person's purchases; what a seller's member wrote to other buyers stays with the shop
}
KEPT = {  # who did what on other people's things: a number, and no name once the person's own row is emptied
    "approval_rules",
    "news_letters",
    *("suggestions", "talks", "talk_messages", "finished_lessons"),
    *("certificates", "certificate_products", "certificate_decisions"),
    *("papers", "requirement_marks", "requirement_settings"),
    *("officer_absences", "team_members", "consent_requests", "consents", "field_visits", "handovers", "bulk_draws"),
    *("first_looks", "waiting_looks"),
    *("role_grants", "officer_communes", "bank_accounts", "citizen_numbers", "admission_decisions", "closed_days"),
    *("rating_answers", "rating_decisions"),
    "parcel_photos",  # which of the seller's people added it
    *(
        "bank_notifiers",
        "credits",
        "remittances",
        "order_confirmations",
        "order_changes",
        "cash_lifts",
        "card_accounts",
    ),
    *("vouchers", "voucher_payouts"),
    *("photo_uses", "products", "product_revisions", "decisions", "price_changes", "stock_movements", "sales"),
    *(
        "draft_saves",
        "revision_edits",
        "uploads",
        "order_events",
        "order_calls",
        "claims",
        "privacy_requests",
        "breaches",
    ),
}


def test_every_table_that_names_a_person_is_thought_of(app):
    named = {
        table.name
        for table in db.metadata.sorted_tables
        if any(key.column.table.name == "users" for key in table.foreign_keys)
    }
    assert named - EMPTIED - KEPT == set(), "say here, and in shop.privacy.erasing, what becomes of it"
    assert named & (EMPTIED | KEPT) == EMPTIED | KEPT, "a table that is gone"
