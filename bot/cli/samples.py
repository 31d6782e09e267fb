"""One of each message and modal, drawn from made-up rows, for Slack (and people) to look at."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.cli.favour_samples import favour_views, recovery_facts
from bot.cli.sample_facts import (
    CHANNEL,
    COLLEAGUE,
    COMMENT,
    COMPANY,
    THREAD,
    URL,
    WORKSPACE,
    alert_facts,
    card_facts,
    exit_facts,
    exit_reason,
    follow_up,
    response,
)
from bot.rules.retry import Obstacle
from bot.rules.scoring import Category, Tally, nps
from bot.rules.trend import change
from bot.services.answer_lists import Listed
from bot.services.comments import Comment
from bot.services.first_steps import FirstSteps
from bot.services.halts import Halt
from bot.services.reports import Report, Score, Standing, Unhappy
from bot.services.routes import Overview
from bot.services.surveys import SurveyKind
from bot.services.upcoming import Ask, Upcoming
from bot.services.upkeep import Upkeep
from bot.services.worklists import Item, Which, Worklist
from bot.slack.blocks import asks, first_steps, help, notices, reports  # noqa: A004 - a page called help
from bot.slack.blocks import follow_ups as follow_up_blocks
from bot.slack.blocks import surveys as survey_blocks
from bot.slack.blocks.answer_lists import answer_list
from bot.slack.blocks.cards import card
from bot.slack.blocks.exits import reason_modal
from bot.slack.blocks.follow_up_work import full_comment, resolve_modal
from bot.slack.blocks.home import Cared, HomeFacts, Managed, Work, home
from bot.slack.blocks.interviews import interview_modal
from bot.slack.blocks.kit import Message, View
from bot.slack.blocks.managers import managers_modal
from bot.slack.blocks.privacy import OwnPage, what_we_keep
from bot.slack.blocks.replies import Reply, direct_reply, reply_in_thread, write_back_modal, written_back
from bot.slack.blocks.responses import comment_modal
from bot.slack.blocks.right_person import right_person_modal
from bot.slack.blocks.route_modal import Draft, route_modal
from bot.slack.blocks.routes import route_list
from bot.slack.blocks.surveys import AlertRoom
from bot.slack.contexts import AskContext, InterviewContext
from bot.texts import LANGUAGES
from bot.texts.markup import Mrkdwn
from storage.models import Route, Survey

FORTY = Tally(24, 9, 7)


def sample_messages(now: datetime) -> Iterator[Message]:
    for language in LANGUAGES:
        for state in ("sent", "answered", "declined", "withdrawn", "waiting"):
            yield card(card_facts(now, language=language, state=state, is_shared=True))
            yield card(card_facts(now, language=language, state=state, is_shared=False))
        for is_shared, written in ((False, direct_reply), (True, reply_in_thread)):
            about = card_facts(now, language=language, state="answered", is_shared=is_shared)
            yield written(Reply(about, 1, COMMENT, "Bo Lind"))
        for state in ("sent", "answered"):
            yield card(exit_facts(now, language=language, state=state))
            yield card(recovery_facts(card_facts(now, language=language, state=state)))
    for state in ("open", "claimed", "resolved"):
        yield follow_up_blocks.alert_card(alert_facts(now, state=state))
        yield follow_up_blocks.alert_card(alert_facts(now, state=state, comment=COMMENT * 40))
    for obstacle in Obstacle:
        yield notices.obstacle(obstacle, CHANNEL)
    yield from _for_colleagues(now)


def sample_views(now: datetime) -> Iterator[View]:
    for language in LANGUAGES:
        facts = card_facts(now, language=language, state="answered", is_shared=True)
        for score in (4, 8, 10):
            yield comment_modal(facts, response(now, score=score), response_url=None)
        yield what_we_keep(facts)
        yield right_person_modal(facts)
        yield write_back_modal(facts, 1)
        yield written_back(facts)
        why = exit_facts(now, language=language, state="answered")
        yield reason_modal(why, exit_reason(now), response_url=None)
        yield from favour_views(facts, response(now), now)
    survey = _survey(now)
    yield resolve_modal(alert_facts(now, state="claimed"), response_url=None)
    yield full_comment(alert_facts(now, state="open", comment=COMMENT * 40))
    yield asks.ask_modal(AskContext(CHANNEL, THREAD, author_id="U0ANA"), [survey], usual=survey)
    yield survey_blocks.survey_modal(None, subject=COMPANY, alert_channel_id=None, response_url=None)
    yield survey_blocks.survey_modal(survey, subject=COMPANY, alert_channel_id=CHANNEL, response_url=None)
    yield managers_modal([COLLEAGUE])
    yield asks.ask_modal(AskContext(), [survey], usual=survey)
    yield route_modal(Draft(surveys=[(survey.id, survey.name)]), response_url=None)
    yield interview_modal(InterviewContext("U0ANA", CHANNEL), "Ana Ruiz", [survey], today=now.date())
    yield home(HomeFacts(own_page(now)))
    yield home(colleagues_home(now, FirstSteps(None, has_rehearsed=False, has_asked=False)))


def report(now: datetime, *, answers: Tally, before: Tally, after_support: Tally, waiting: int = 0) -> Report:
    contact = card_facts(now).contact
    one = Unhappy(response(now), contact, follow_up(now, "open"), "support")
    name = "support"
    relational = Score(SurveyKind.RELATIONAL, 90, answers, nps(answers), 0.31 if answers.responses else None)
    transactional = Score(SurveyKind.TRANSACTIONAL, 90, after_support, nps(after_support), None)
    standing = Standing(relational, before, change(before, answers))
    return Report([one] * min(waiting, 3), waiting, standing, transactional, name)


def own_page(now: datetime, *, language: str = "en", answers: int = 2) -> OwnPage:
    contact = card_facts(now).contact
    return OwnPage(COMPANY, language, contact, [response(now, score=4 + each) for each in range(answers)])


def colleagues_home(now: datetime, steps: FirstSteps | None, *, answers: Tally = FORTY) -> HomeFacts:
    number = report(now, answers=answers, before=Tally(20, 8, 10), after_support=Tally(5, 1, 2), waiting=1)
    facts = alert_facts(now, state="claimed")
    mine = Worklist(Which.MINE, [Item(follow_up(now, "claimed"), facts.response, facts.contact, None)], 1)
    ahead = Upcoming([Ask("Ana Ruiz", now + timedelta(hours=3))], 5, ["relationship"])
    said = [Comment(facts.response, facts.contact, "Beta GmbH", "support")]
    work = Work(mine, ahead, now, said)
    cared = Cared(Upkeep(homeless=["support"]))
    return HomeFacts(own_page(now), URL, steps, number, work, Managed([_survey(now)], [COLLEAGUE]), cared)


def unhappy(now: datetime, *, count: int) -> list[Unhappy]:
    states = ("open", "claimed", "resolved")
    contact = card_facts(now).contact
    return [Unhappy(response(now), contact, follow_up(now, states[each % 3]), "support") for each in range(count)]


def _for_colleagues(now: datetime) -> Iterator[Message]:
    facts, survey = card_facts(now, is_shared=True), _survey(now)
    yield reports.overview(
        report(now, answers=FORTY, before=Tally(20, 8, 10), after_support=Tally(5, 1, 2), waiting=1),
        workspace_url=URL,
    )
    yield reports.overview(
        report(now, answers=Tally(), before=Tally(), after_support=Tally(), waiting=0), workspace_url=URL
    )
    yield answer_list(Listed(Category.DETRACTOR, unhappy(now, count=20)), Mrkdwn(""), workspace_url=URL)
    yield answer_list(Listed(Category.DETRACTOR, []), Mrkdwn(""), workspace_url=URL)
    yield asks.will_ask(facts.invitation, facts.contact, now=now)
    yield survey_blocks.with_first_channel(asks.will_ask(facts.invitation, facts.contact, now=now + timedelta(days=9)))
    yield asks.asked_lately(follow_up_blocks.say.mrkdwn("Asked 12 days ago."), "{}")
    yield survey_blocks.survey_list([survey], subject=COMPANY, managers=[COLLEAGUE])
    yield survey_blocks.saved(survey, is_new=True, room=AlertRoom(CHANNEL, needs_invitation=True))
    yield survey_blocks.channel_chosen(AlertRoom(CHANNEL, has_guests=True), released=2)
    yield route_list(Overview([_route()], {survey.id: survey.name}))
    yield survey_blocks.halted(Halt(now, COLLEAGUE, 3))
    yield survey_blocks.lifted(3)
    for topic in notices.ABOUT_ASK:
        yield notices.about_ask(topic, facts.contact, facts.invitation.permalink)
    for obstacle in (Obstacle.PAUSED, Obstacle.NOT_IN_CHANNEL, Obstacle.SCOPE_MISSING):
        yield notices.ask_waits(facts.contact, obstacle, CHANNEL)
    yield notices.right_person(facts.contact, COLLEAGUE, "{}")
    yield notices.said_more(facts.contact, 2, f"{URL}archives/{CHANNEL}/p1763719100000001")
    yield notices.new_manager(COLLEAGUE, CHANNEL)
    yield first_steps.welcome(FirstSteps(None, has_rehearsed=False, has_asked=False), COMPANY)
    yield help.help_page()


def _route() -> Route:
    return Route(id=1, workspace_id=WORKSPACE, place=1, mention="owner", channel_id=CHANNEL)


def _survey(now: datetime) -> Survey:
    return Survey(
        id=1,
        workspace_id=WORKSPACE,
        name="support",
        kind=SurveyKind.TRANSACTIONAL,
        created_at=now,
        alert_channel_id=CHANNEL,
    )
