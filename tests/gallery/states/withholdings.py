"""`/nps why @person`: somebody new, somebody asked often, somebody who said no."""

from datetime import timedelta

from bot.cli.sample_facts import COLLEAGUE, WORKSPACE, card_facts
from bot.errors import Withheld
from bot.rules.answering import InvitationState
from bot.rules.recontact import Because
from bot.rules.rounds import PASSED_OVER
from bot.services.contacts import Facts
from bot.services.withholdings import HALTED, Now, Why
from bot.slack.blocks.withholdings import why_asked
from storage.models import Invitation, Withholding
from tests.gallery.documents import NOW, States, Whisper
from tests.gallery.states.cards import changed
from tests.gallery.states.people import NAMES
from tests.gallery.states.surveys import a_survey

ANA = Facts("U0ANA", "Ana Ruiz")
SURVEYS = [a_survey("relationship"), a_survey("support")]
NAMES_OF_SURVEYS = {survey.id: survey.name for survey in SURVEYS}
RESTING = Withheld(Because.RECONTACT, NOW + timedelta(days=78), days_ago=12)
SILENT = Withheld(Because.REST, NOW + timedelta(days=30), days_ago=26, is_doubled=True)


def states() -> States:
    free = [Now(each, None) for each in SURVEYS]
    yield "why-nobody-asked", Whisper(why_asked(Why(ANA, free, [], NAMES_OF_SURVEYS)))
    now = [Now(SURVEYS[0], RESTING), Now(SURVEYS[1], SILENT)]
    past: list[Invitation | Withholding] = [
        *map(_asked, InvitationState),
        *map(_withheld, [*Because, "paused", HALTED, PASSED_OVER]),
    ]
    yield "why-asked-often", Whisper(why_asked(Why(ANA, now, past, NAMES_OF_SURVEYS)))
    no = [Now(each, Withheld(Because.OPTED_OUT)) for each in SURVEYS]
    for name in ("long-name", "markup-name", "arabic"):
        person = Facts("U0ANA", NAMES[name])
        yield f"why-opted-out-{name}", Whisper(why_asked(Why(person, no, past[:2], NAMES_OF_SURVEYS)))


def _asked(state: InvitationState) -> Invitation:
    return changed(card_facts(NOW), state=state).invitation


def _withheld(because: str) -> Withholding:
    return Withholding(
        workspace_id=WORKSPACE,
        survey_id=1,
        contact_id=1,
        withheld_at=NOW - timedelta(days=3),
        because=because,
        until=NOW + timedelta(days=9) if because in (Because.RECONTACT, Because.REST) else None,
        days_ago=25,
        asked_by=COLLEAGUE,
    )
