"""The question for who did not renew: the card, the modal after it, `/nps exits`, and the page about oneself."""

from collections.abc import Mapping
from dataclasses import replace

from bot.cli.sample_facts import COMPANY, card_facts, declined, exit_facts, exit_reason
from bot.rules.exits import Reason
from bot.services.exits import ExitReport
from bot.services.surveys import SurveyKind
from bot.slack.blocks.cards import card, question_card
from bot.slack.blocks.exit_reports import exit_report
from bot.slack.blocks.exits import exit_card, exit_question, reason_modal
from bot.slack.blocks.home import HomeFacts, home
from bot.slack.blocks.privacy import OwnPage, what_we_keep
from bot.slack.blocks.surveys import survey_list, survey_modal
from bot.texts import LANGUAGES
from tests.gallery.documents import NOW, Narrow, States, Whisper
from tests.gallery.states.cards import PLACES, changed
from tests.gallery.states.people import COMMENTS, LONG_COMMENT, NAMES
from tests.gallery.states.surveys import a_survey

CLOSED = ("declined", "withdrawn", "waiting", "expired")
COUNTS: Mapping[str, Mapping[Reason, int]] = {
    "none": {},
    "1": {Reason.OTHER: 1},
    "9": {Reason.PRICE: 4, Reason.MISSING: 4, Reason.SWITCHED: 1},
    "40": {Reason.PRICE: 17, Reason.MISSING: 11, Reason.SUPPORT: 7, Reason.NOT_NEEDED: 5},
}


def states() -> States:
    for language in LANGUAGES:
        for place, is_shared in PLACES.items():
            where = {"language": language, "is_shared": is_shared}
            yield f"exit-narrow-{place}-{language}", Narrow(exit_question(exit_facts(NOW, **where)))
            yield f"exit-{place}-sent-{language}", question_card(exit_facts(NOW, **where))
            yield f"exit-{place}-answered-{language}", exit_card(exit_facts(NOW, state="answered", **where))
        answered = exit_facts(NOW, language=language, state="answered")
        yield f"exit-modal-{language}", reason_modal(answered, exit_reason(NOW, comment=None), response_url=None)
        yield f"exit-what-we-keep-{language}", what_we_keep(answered)
        page = OwnPage(COMPANY, language, card_facts(NOW).contact, exits=[exit_reason(NOW)])
        yield f"home-exits-{language}", home(HomeFacts(page))
    yield from _odd()
    yield from _reports()
    yield from _set_up()


def _odd() -> States:
    for state in CLOSED:
        yield f"exit-{state}", card(exit_facts(NOW, state=state))
    yield "exit-opted-out", card(declined(exit_facts(NOW, state="declined"), NOW))
    yield "exit-rehearsal", question_card(changed(exit_facts(NOW), is_rehearsal=True))
    own = "What would have kept you with {subject}?"
    yield "exit-own-question", question_card(changed(exit_facts(NOW), question=own, occasion_label="your contract"))
    for which, words in {"3000": LONG_COMMENT, **COMMENTS}.items():
        answered = exit_facts(NOW, state="answered", name=NAMES.get(which, "Ana Ruiz"))
        answer = exit_reason(NOW, comment=words)
        yield f"exit-answered-{which}", card(replace(answered, exit_reason=answer))
        yield f"exit-modal-{which}", reason_modal(answered, answer, response_url=None)
    bare = replace(exit_facts(NOW, state="answered"), exit_reason=exit_reason(NOW, comment=None))
    yield "exit-answered-without-words", card(bare)


def _reports() -> States:
    contact = card_facts(NOW).contact
    for which, counts in COUNTS.items():
        answers, newest = sum(counts.values()), [(exit_reason(NOW, reason=each), contact) for each in counts]
        shown = ExitReport(365, counts, answers, answers + 3, newest)
        yield f"exits-{which}", Whisper(exit_report(shown))
    odd = [(exit_reason(NOW, comment=words), replace(contact, name=name)) for words, name in _people()]
    yield "exits-odd", Whisper(exit_report(ExitReport(365, COUNTS["40"], 40, 61, odd)))


def _people() -> list[tuple[str, str]]:
    return [(COMMENTS.get(which, LONG_COMMENT), name) for which, name in NAMES.items()]


def _set_up() -> States:
    survey = a_survey("not-renewed", kind=SurveyKind.EXIT, alert_channel_id=None)
    yield "surveys-exit", Whisper(survey_list([survey], subject=COMPANY, managers=[]))
    yield "survey-edit-exit", survey_modal(survey, subject=COMPANY, alert_channel_id=None, response_url=None)
