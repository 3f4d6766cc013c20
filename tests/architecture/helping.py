"""The doors of teams, helpers and those they help; what a helper may do for whom is tests/cooperatives/helping."""

from tests.architecture import things
from tests.architecture.doors import ADMIN, HELPER, MANAGER, OURS, PERSON, Door

HELPING: dict[str, Door] = {
    "helping.index": Door(HELPER),
    "helping.find": Door(HELPER),
    "helping.ask": Door(HELPER, things.seller_near),
    "helping.answer": Door(HELPER, things.consent_request),
    "helping.begin": Door(HELPER, things.consent),
    "helping.end": Door(HELPER, things.consent),
    "helping.stop": Door(PERSON),
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
