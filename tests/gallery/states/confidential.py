"""Confidential answers: what their person is promised, and what colleagues see of them."""

from dataclasses import replace

from bot.cli.sample_facts import COLLEAGUE, COMPANY, URL, alert_facts, card_facts, response
from bot.cli.samples import report
from bot.rules.answering import InvitationState
from bot.rules.closing import UNSAID, ContactKind, Step
from bot.rules.privacy import Privacy
from bot.rules.replying import Way
from bot.rules.retry import Obstacle
from bot.rules.scoring import Category, Tally
from bot.services.answer_lists import Listed
from bot.services.invitations import TakenBack
from bot.services.replies import Exchange
from bot.services.reports import Unhappy
from bot.services.worklists import Item, Which, Worklist
from bot.slack.blocks import notices, replying
from bot.slack.blocks.answer_lists import answer_list
from bot.slack.blocks.asks import taken_back
from bot.slack.blocks.digests import digest_message, taken
from bot.slack.blocks.follow_up_log import escalation, line, nudge
from bot.slack.blocks.follow_up_work import resolve_modal
from bot.slack.blocks.follow_ups import AlertFacts, alert_card
from bot.slack.blocks.invitations import CardFacts, card, question_card
from bot.slack.blocks.privacy import OwnPage, about_me, what_we_keep
from bot.slack.blocks.replies import Reply, direct_reply, write_back_modal
from bot.slack.blocks.reports import overview
from bot.slack.blocks.responses import comment_modal
from bot.slack.blocks.surveys import survey_list, survey_modal
from bot.slack.blocks.worklists import follow_up_list
from bot.texts import LANGUAGES
from bot.texts.markup import Mrkdwn
from storage.models import FollowUpStep
from tests.gallery.documents import NOW, Narrow, States, Whisper
from tests.gallery.states import digests
from tests.gallery.states.surveys import a_survey

ALERT = f"{URL}archives/C0SAMPLE/p1"
WORDS = "We raised the time-out."


def states() -> States:
    for language in LANGUAGES:
        yield from _promised(language)
    yield from _alert()
    yield from _notices()
    yield from _lists()
    survey = a_survey("relationship", kind="relational", privacy=Privacy.CONFIDENTIAL)
    view = survey_modal(survey, subject=COMPANY, alert_channel_id="C0SAMPLE", response_url=None)
    yield "confidential-survey", view
    yield "confidential-survey-list", Whisper(survey_list([survey], subject=COMPANY, managers=[]))


def in_confidence(facts: CardFacts) -> CardFacts:
    asked = replace(facts.invitation, privacy=Privacy.CONFIDENTIAL, permalink=None)
    answer = replace(facts.response, privacy=Privacy.CONFIDENTIAL) if facts.response else None
    return replace(facts, invitation=asked, response=answer)


def nameless(state: str) -> AlertFacts:
    facts = alert_facts(NOW, state=state)
    answer = replace(facts.response, privacy=Privacy.CONFIDENTIAL)
    return replace(facts, response=answer, contact=None, account=None, previous=None)


def _promised(language: str) -> States:
    asked = in_confidence(card_facts(NOW, language=language))
    yield f"confidential-card-{language}", question_card(asked)
    yield f"confidential-card-narrow-{language}", Narrow(question_card(asked))
    answered = in_confidence(card_facts(NOW, language=language, state=InvitationState.ANSWERED))
    yield f"confidential-thanks-{language}", card(answered)
    answer = replace(response(NOW), privacy=Privacy.CONFIDENTIAL)
    yield f"confidential-comment-{language}", comment_modal(answered, answer, response_url=None)
    yield f"confidential-what-we-keep-{language}", what_we_keep(answered)
    yield f"confidential-reply-{language}", direct_reply(Reply(answered, 1, WORDS, "Bo Lind"))
    yield f"confidential-write-back-{language}", write_back_modal(answered, 1)
    page = OwnPage(COMPANY, language, answered.contact, [answer, response(NOW, score=9)])
    yield f"confidential-me-{language}", Whisper(about_me(page))
    yield f"confidential-me-only-{language}", Whisper(about_me(replace(page, answers=[answer])))


def _alert() -> States:
    for state in ("open", "claimed", "resolved"):
        yield f"confidential-alert-{state}", alert_card(nameless(state))
    facts = nameless("claimed")
    yield "confidential-resolve", resolve_modal(facts, response_url=None)
    for what in Step:
        if what not in UNSAID and what != Step.CONTACTED:
            yield f"confidential-line-{what}", line(_step(what), None)
    for how in ContactKind:
        yield f"confidential-line-{how}", line(replace(_step(Step.CONTACTED), how=how), None)
    yield "confidential-line-reopened-by-customer", line(replace(_step(Step.REOPENED), by=None), None)
    yield "confidential-nudge", nudge(facts, COLLEAGUE)
    yield "confidential-nudge-nobody", nudge(nameless("open"), None)
    yield "confidential-escalation", escalation(nameless("open"), None, ALERT)
    exchange = Exchange(facts.follow_up, in_confidence(card_facts(NOW, state="answered")), facts.response)
    yield "confidential-replying", replying.reply_modal(exchange)
    yield "confidential-preview", replying.reply_preview(Reply(exchange.facts, 1, WORDS, "Bo Lind"), Way.DIRECT)


def _step(what: Step) -> FollowUpStep:
    resolved = {"outcome": "fixed", "root_cause": "product"} if what == Step.RESOLVED else {}
    to = COLLEAGUE if what == Step.HANDED_OVER else None
    return FollowUpStep(id=1, follow_up_id=1, what=what, at=NOW, by=COLLEAGUE, to=to, until=NOW, note=WORDS, **resolved)


def _notices() -> States:
    yield "confidential-handed-over", notices.handed_over(None, 3, ALERT)
    yield "confidential-said-more", notices.said_more(None, 3, ALERT)
    yield "confidential-felt-now", notices.felt_now(None, 3, ALERT)
    yield "confidential-wrote-back", replying.wrote_back(None, ALERT)
    yield "confidential-reply-failed", replying.reply_failed(None, ALERT)
    yield "confidential-reply-unwelcome", replying.reply_unwelcome(None, ALERT)
    yield "confidential-reply-uncertain", replying.reply_uncertain(None, ALERT)
    yield "confidential-reply-waits", replying.reply_waits(None, Obstacle.MESSAGES_TAB, None)
    yield "confidential-taken-on", Whisper(taken(None, ALERT))
    closed = TakenBack(1, InvitationState.ANSWERED, had_left=True, privacy=Privacy.CONFIDENTIAL)
    yield "confidential-taken-back", Whisper(taken_back(card_facts(NOW).contact, closed))


def _lists() -> States:
    facts = nameless("claimed")
    item = Item(facts.follow_up, facts.response, None, None)
    listed = Worklist(Which.ALL, [item], 1)
    yield "confidential-follow-ups", Whisper(follow_up_list(listed, workspace_url=URL, now=NOW))
    one = Unhappy(facts.response, None, facts.follow_up, "support")
    named = report(NOW, answers=Tally(24, 9, 7), before=Tally(), after_support=Tally(), waiting=1)
    yield "confidential-waiting", Whisper(overview(replace(named, waiting=[one]), workspace_url=URL))
    usual = digests.usual()
    quoted = {"best": replace(usual.summary.best, name=None), "worst": replace(usual.summary.worst, name=None)}
    summary = replace(usual.summary, waiting=[replace(usual.summary.waiting[0], person=None, company=None)], **quoted)
    yield "confidential-digest", digest_message(replace(usual, summary=summary))
    yield (
        "confidential-detractors",
        Whisper(answer_list(Listed(Category.DETRACTOR, [one]), Mrkdwn(""), workspace_url=URL)),
    )
