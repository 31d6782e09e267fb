"""Who is staff: as Slack has it, by a group, by name; and the modal with and without groups to choose from."""

from bot.cli.sample_facts import COLLEAGUE
from bot.services.staff import Staff
from bot.slack.blocks.staff import MOST_GROUPS, MOST_TOLD, UserGroup, staff_modal, staff_named
from tests.gallery.documents import States, Whisper

HELPERS = UserGroup("S0HELPERS", "Helpers")
MANY = [UserGroup(f"S{n}", f"Team {n}") for n in range(MOST_GROUPS + 20)]
CROWD = tuple(f"U{n}" for n in range(MOST_TOLD + 3))
KINDS = {
    "everybody": Staff(),
    "group": Staff(is_named=True, group_id="S0HELPERS"),
    "people": Staff(is_named=True, user_ids=(COLLEAGUE, "U0CY")),
    "both": Staff(is_named=True, group_id="S0HELPERS", user_ids=(COLLEAGUE,)),
    "nobody-left": Staff(is_named=True),
    "crowd": Staff(is_named=True, user_ids=CROWD),
}


def states() -> States:
    for name, staff in KINDS.items():
        yield f"staff-{name}", Whisper(staff_named(staff, [HELPERS]))
    yield "staff-group-unseen", Whisper(staff_named(KINDS["both"], None))
    yield "staff-group-gone", Whisper(staff_named(KINDS["both"], []))
    groups = {"": [HELPERS], "-none": [], "-unseen": None, "-many": [*MANY, HELPERS]}
    for name, known in groups.items():
        yield f"staff-change{name}", staff_modal(KINDS["both"], known, response_url=None)
    yield "staff-change-people-only", staff_modal(KINDS["everybody"], None, response_url=None)
