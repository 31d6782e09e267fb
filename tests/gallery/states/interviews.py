"""A score told in a review meeting: the modal, the whisper, and how it is told apart from the others."""

from dataclasses import replace

from bot.cli.sample_facts import CHANNEL, COLLEAGUE, COMPANY, URL, alert_facts, card_facts, response
from bot.cli.samples import report, unhappy
from bot.rules.answering import Mode
from bot.rules.scoring import Category, Tally, nps
from bot.services.answer_lists import Listed
from bot.services.reports import Told
from bot.services.surveys import SurveyKind
from bot.slack.blocks.answer_lists import answer_list
from bot.slack.blocks.follow_ups import alert_card
from bot.slack.blocks.home import HomeFacts, home
from bot.slack.blocks.interviews import interview_kept, interview_modal
from bot.slack.blocks.privacy import OwnPage
from bot.slack.blocks.reports import overview
from bot.slack.contexts import InterviewContext
from bot.texts import LANGUAGES
from bot.texts.markup import Mrkdwn
from tests.gallery.documents import NOW, States, Whisper
from tests.gallery.states.alerts import said
from tests.gallery.states.people import NAMES
from tests.gallery.states.surveys import a_survey

TOLD = {"few": Tally(2, 1, 1), "many": Tally(9, 3, 2)}
MODES = {"by-a-colleague": COLLEAGUE, "by-a-program": None}


def states() -> States:
    opened = InterviewContext("U0ANA", CHANNEL)
    surveys = [a_survey("relationship", kind=SurveyKind.RELATIONAL), a_survey("yearly", kind=SurveyKind.RELATIONAL)]
    for which in ("", *NAMES):
        name = NAMES.get(which, "Ana Ruiz")
        yield f"interview{which and '-'}{which}", interview_modal(opened, name, surveys, today=NOW.date())
    kept = response(NOW)
    for told, is_followed_up in {"happy": False, "unhappy": True}.items():
        contact = card_facts(NOW).contact
        yield f"interview-kept-{told}", Whisper(interview_kept(kept, contact, is_followed_up=is_followed_up))
    for which, recorded_by in MODES.items():
        interview = {"mode": Mode.INTERVIEWER, "recorded_by": recorded_by}
        yield f"alert-interview-{which}", alert_card(said(alert_facts(NOW, state="open"), **interview))
        told = [replace(one, response=replace(one.response, **interview)) for one in unhappy(NOW, count=2)]
        yield (
            f"detractors-interview-{which}",
            Whisper(answer_list(Listed(Category.DETRACTOR, told), Mrkdwn(""), workspace_url=URL)),
        )
    yield from _reports()
    yield from _own_pages()


def _reports() -> States:
    shown = report(NOW, answers=Tally(24, 9, 7), before=Tally(20, 8, 10), after_support=Tally(5, 1, 2))
    for which, answers in TOLD.items():
        told = replace(shown, told=Told(90, answers, nps(answers)))
        yield f"nps-review-meetings-{which}", Whisper(overview(told, workspace_url=URL))
        volunteered = replace(shown, volunteered=Told(90, answers, nps(answers)))
        yield f"nps-volunteered-{which}", Whisper(overview(volunteered, workspace_url=URL))


def _own_pages() -> States:
    for language in LANGUAGES:
        interviews = [replace(response(NOW), mode=Mode.INTERVIEWER, recorded_by=by) for by in MODES.values()]
        page = OwnPage(COMPANY, language, card_facts(NOW).contact, interviews)
        yield f"home-interviews-{language}", home(HomeFacts(page))
