"""The question after somebody was looked after: the card, the modal, `/nps recovery`, its survey, the notice."""

from collections.abc import Mapping
from dataclasses import replace

from bot.cli.favour_samples import recovery_facts
from bot.cli.sample_facts import COMPANY, card_facts
from bot.cli.samples import report
from bot.rules.recovery import Moves, moves
from bot.rules.scoring import Tally
from bot.services.cards import CardFacts
from bot.services.recoveries import RecoveryReport
from bot.services.surveys import SurveyKind
from bot.slack.blocks.cards import card, question_card
from bot.slack.blocks.notices import felt_now
from bot.slack.blocks.recovery_reports import recovery_report
from bot.slack.blocks.reports import overview
from bot.slack.blocks.responses import comment_modal
from bot.slack.blocks.surveys import survey_list, survey_modal
from bot.texts import LANGUAGES
from tests.gallery.documents import NOW, Narrow, States, Whisper
from tests.gallery.states.cards import changed
from tests.gallery.states.people import COMMENTS
from tests.gallery.states.surveys import a_survey

MOVED: Mapping[str, Moves] = {
    "none": {},
    "few": moves([(4, 9), (6, 8), (7, 6)]),
    "promoters-only": moves([(9, 10), (10, 4)]),
    "many": moves([(4, 9)] * 12 + [(6, 8)] * 7 + [(2, 3)] * 5 + [(8, 9)] * 6 + [(7, 5)] * 2 + [(9, 9)] * 3),
}


def states() -> States:
    for language in LANGUAGES:
        yield f"recovery-narrow-{language}", Narrow(question_card(asked(language=language)))
        yield f"recovery-sent-{language}", question_card(asked(language=language))
        yield f"recovery-answered-{language}", card(asked(language=language, state="answered"))
        facts = asked(language=language, state="answered")
        assert facts.response
        yield f"recovery-modal-{language}", comment_modal(facts, facts.response, response_url=None)
    yield "recovery-no-occasion", question_card(changed(asked(), occasion_label=None))
    yield "recovery-hebrew-occasion", question_card(changed(asked(), occasion_label=COMMENTS["hebrew"]))
    yield "recovery-own-question", question_card(changed(asked(), question="Are we better now, at {subject}?"))
    yield "recovery-rehearsal", question_card(changed(asked(), is_rehearsal=True))
    yield from _for_colleagues()


def _for_colleagues() -> States:
    for which, moved in MOVED.items():
        shown = RecoveryReport(365, moved, sum(moved.values()) + 4)
        yield f"recovery-report-{which}", Whisper(recovery_report(shown))
        number = report(NOW, answers=Tally(24, 9, 7), before=Tally(20, 8, 10), after_support=Tally(5, 1, 2))
        yield f"nps-recovery-{which}", Whisper(overview(replace(number, moved=moved), workspace_url=""))
    survey = replace(a_survey("recovery"), kind=SurveyKind.RECOVERY, alert_channel_id=None, reaction=None)
    yield "recovery-survey-list", survey_list([survey], subject=COMPANY, managers=[])
    yield "recovery-survey", survey_modal(survey, subject=COMPANY, alert_channel_id=None, response_url=None)
    yield "notice-felt-now", felt_now(card_facts(NOW).contact, 3, "https://northwind.slack.com/archives/C0/p1")


def asked(**where: object) -> CardFacts:
    return recovery_facts(card_facts(NOW, score=8, **where))
