"""The doors of teams, helpers and those they help; what a helper may do for whom is tests/cooperatives/helping."""

from tests.architecture import things
from tests.architecture.doors import ADMIN, ALL, HELPER, MANAGER, OFFICER, OURS, PERSON, Door

HELPING: dict[str, Door] = {
    "helping.index": Door(HELPER),
    "helping.find": Door(HELPER),
    "helping.ask": Door(HELPER, things.seller_near),
    "helping.answer": Door(HELPER, things.consent_request),
    "helping.begin": Door(HELPER, things.consent),
    "helping.end": Door(HELPER, things.consent),
    "helping.stop": Door(PERSON),
    "households.new": Door(HELPER),
    "households.agree": Door(HELPER, things.spoken_seller),
    "households.recording": Door(OFFICER | ADMIN, things.spoken_consent),
    "households.phone": Door(HELPER | OFFICER, things.spoken_consent),
    "households.account": Door(HELPER | OFFICER, things.spoken_consent),
    "desk_visits.index": Door(PERSON),
    "desk_visits.visit": Door(OURS | HELPER | OFFICER, things.field_visit),
    "desk_visits.photo": Door(OURS | HELPER | OFFICER, things.field_visit),
    "desk_visits.write": Door(HELPER | OFFICER, things.seller_near),
    "lending.index": Door(HELPER | ADMIN),
    "lending.taken_back": Door(HELPER | ADMIN, things.handover),
    "lending.table": Door(HELPER | ADMIN),
    "lessons.index": Door(PERSON),
    "storefront_lessons.index": Door(ALL),
    "storefront_lessons.show": Door(ALL, things.lesson),
    "storefront_lessons.answer": Door(ALL, things.lesson, {"answer": "2"}),
    "helped.index": Door(PERSON),
    "helped.answer": Door(MANAGER, things.consent_request),
    "helped.end": Door(OURS, things.consent),
    "teams.index": Door(ADMIN),
    "teams.programmes": Door(ADMIN),
    "teams.new": Door(ADMIN),
    "teams.team": Door(ADMIN, things.team),
    "teams.people": Door(ADMIN, things.team),
    "teams.departure": Door(ADMIN, things.team_member),
}
