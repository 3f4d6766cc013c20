"""The pages of who helps sellers, and of their team, that the gates look at."""

PAGES = {  # name: whose eyes, address
    "household": ("helper", "/helping/households/new"),
    "helping": ("helper", "/helping"),
    "ask": ("helper", "/helping/sellers/{seller}"),
    "answer": ("helper", "/helping/requests/{asked}"),
    "visits": ("helper", "/visits"),
    "helper-calls": ("helper", "/calls"),
    "visit-form": ("helper", "/visits/sellers/{seller}"),
    "lending": ("admin", "/lending"),
    "teams": ("admin", "/teams"),
    "team": ("admin", "/teams/{team}"),
    "team-people": ("admin", "/teams/{team}/people"),
}
