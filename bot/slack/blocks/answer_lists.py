"""The latest answers of one category, one by one: whose, their words, and what became of each."""

from bot.rules.scoring import Category
from bot.services.answer_lists import Listed, Unhappy
from bot.services.interviews import is_interview
from bot.slack.blocks.customers import answered_at, one_customer_first
from bot.slack.blocks.interviews import told_in_meeting
from bot.slack.blocks.kit import Block, Message, link_button, quote, section
from bot.slack.blocks.reports import alert_url
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, escape, isolated, mention, shorten
from storage.models import FollowUp

LISTED_COMMENT = 300
RANGES = {Category.DETRACTOR: "0 to 6", Category.PASSIVE: "7 or 8", Category.PROMOTER: "9 or 10"}
say = speaker("en")


def answer_list(listed: Listed, about: Mrkdwn, *, workspace_url: str) -> Message:
    """`about`: of whom and from when; empty where of everybody."""
    scores = RANGES[listed.category]
    where = Mrkdwn(f": {about}") if about else ""
    if not listed.answers:
        text = say.mrkdwn("Nobody has given a {scores} yet{where}.", scores=scores, where=where)
        return Message(text, [section(text)])
    title = say.mrkdwn(
        "{title}{where}", title=bold(say("The latest answers of {scores}, newest first", scores=scores)), where=where
    )
    blocks: list[Block] = [section(title)]
    for one in listed.answers:
        blocks += _blocks(one, workspace_url)
    return Message(Mrkdwn("\n".join([title, *(_told(one) for one in listed.answers)])), blocks)


def _blocks(one: Unhappy, workspace_url: str) -> list[Block]:
    url = alert_url(one.follow_up, workspace_url)
    blocks = [section(_head(one), link_button(say("Open"), url) if url else None)]
    return [*blocks, quote(_words(one))] if one.response.comment else blocks


def _told(one: Unhappy) -> Mrkdwn:
    return Mrkdwn(f"{_head(one)}\n{escape(isolated(_words(one)))}") if one.response.comment else _head(one)


def _words(one: Unhappy) -> str:
    return shorten(one.response.comment or "", LISTED_COMMENT)


def _head(one: Unhappy) -> Mrkdwn:
    response = one.response
    name = escape(one.survey_name)
    survey = Mrkdwn(f"{name}, {told_in_meeting(response)}") if is_interview(response) else name
    who = bold(f"{one_customer_first(one.contact)}: {response.score}")
    return Mrkdwn(f"{who} · {survey}, {answered_at(response)} · {_state(one.follow_up)}")


def _state(follow_up: FollowUp | None) -> Mrkdwn:
    match follow_up.state if follow_up else None:
        case "claimed" if follow_up and follow_up.claimed_by:
            return say.mrkdwn("{person} takes care of it", person=mention(follow_up.claimed_by))
        case "resolved":
            return say.mrkdwn("resolved")
        case "open":
            return bold(say("nobody yet"))
    return say.mrkdwn("no follow-up")
