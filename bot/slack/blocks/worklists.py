"""`/nps follow-ups`: who waits, who looks after them, and what is overdue."""

from collections.abc import Sequence
from datetime import datetime

from bot.services.worklists import Item, Which, Worklist, is_overdue
from bot.slack.blocks.customers import one_customer_first
from bot.slack.blocks.kit import Block, Message, context, link_button, section
from bot.slack.blocks.reports import alert_url
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, day, isolated, mention, moment, shorten

say = speaker("en")
LONGEST_WORDS = 150
NONE = {
    Which.ALL: "Nobody waits: every follow-up is resolved.",
    Which.MINE: "You have no follow-ups.",
    Which.OPEN: "Nothing waits for an owner.",
    Which.OVERDUE: "Nothing is overdue.",
}
MANY = {
    Which.ALL: ("{n} follow-up", "{n} follow-ups"),
    Which.MINE: ("{n} follow-up of yours", "{n} follow-ups of yours"),
    Which.OPEN: ("{n} follow-up without an owner", "{n} follow-ups without an owner"),
    Which.OVERDUE: ("{n} overdue follow-up", "{n} overdue follow-ups"),
}


def follow_up_list(listed: Worklist, *, workspace_url: str, now: datetime) -> Message:
    """The longest waiting first."""
    if not listed.items:
        text = say.mrkdwn(NONE[listed.which])
        return Message(text, [section(text)])
    title = bold(say.many(*MANY[listed.which], listed.count))
    lines = [_line(each, now=now) for each in listed.items]
    blocks = [section(title), *(_block(each, workspace_url, now=now) for each in listed.items)]
    return Message(Mrkdwn("\n".join([title, *lines])), [*blocks, *_rest(listed)])


def follow_up_lines(listed: Worklist, *, most: int, workspace_url: str, now: datetime) -> list[Block]:
    """The first of them where there is little room, and how many more there are."""
    shown = listed.items[:most]
    more = say.many("and {n} more: `/nps follow-ups mine`", "and {n} more: `/nps follow-ups mine`", listed.count - most)
    rest = [context(Mrkdwn(more))] if listed.count > most else []
    return [*(_block(each, workspace_url, now=now) for each in shown), *rest]


def _block(item: Item, workspace_url: str, *, now: datetime) -> Block:
    url = alert_url(item.follow_up, workspace_url)
    return section(_line(item, now=now), link_button(say("Open"), url) if url else None)


def _line(item: Item, *, now: datetime) -> Mrkdwn:
    comment = item.response.comment
    words = [Mrkdwn(isolated(shorten(comment.replace("\n", " "), LONGEST_WORDS)))] if comment else []
    return Mrkdwn("\n".join([_head(item), Mrkdwn(" · ".join(_state(item, now=now))), *words]))


def _head(item: Item) -> Mrkdwn:
    company = f", {isolated(item.account.name)}" if item.account else ""
    who = bold(f"{one_customer_first(item.contact)}{company}: {item.response.score}")
    return say.mrkdwn("{who} · since {day}", who=who, day=day(item.follow_up.opened_at))


def _state(item: Item, *, now: datetime) -> Sequence[Mrkdwn]:
    follow_up = item.follow_up
    owner = mention(follow_up.claimed_by) if follow_up.claimed_by else say.mrkdwn("nobody has taken it")
    told = [owner]
    if is_overdue(item, now=now):
        told.append(bold(say("overdue")))
    if follow_up.contacted_at is not None:
        told.append(say.mrkdwn("first reply {when}", when=moment(follow_up.contacted_at)))
    elif follow_up.reply_due_at is not None:
        told.append(say.mrkdwn("first reply due {when}", when=moment(follow_up.reply_due_at)))
    if follow_up.snoozed_until is not None and follow_up.snoozed_until > now:
        told.append(say.mrkdwn("put off until {when}", when=moment(follow_up.snoozed_until)))
    return told


def _rest(listed: Worklist) -> list[Block]:
    more = listed.count - len(listed.items)
    if not more:
        return []
    text = say.many("{n} more waits behind these.", "{n} more wait behind these.", more)
    return [context(Mrkdwn(text))]
