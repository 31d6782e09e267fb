"""The days ahead of a schedule: how many a day, who first, and why others are not asked."""

from collections import Counter
from collections.abc import Mapping

from bot.rules.recontact import Because
from bot.rules.rounds import PASSED_OVER
from bot.services.rounds import Outlook
from bot.slack.blocks.kit import Block, Message, context, section
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, isolated
from storage.models import Schedule, Survey

NAMED = 10
say = speaker("en")
WHY: Mapping[str, str] = {
    Because.WAITING: "with a question on its way",
    Because.FLOOR: "asked within 24 hours",
    Because.DECLINED: "who declined lately",
    Because.RECONTACT: "asked the same lately",
    Because.REST: "asked something else lately",
    Because.ACCOUNT: "after two others of their company, who are asked in a week",
    PASSED_OVER: "too late for a check-in",
}


def preview_message(survey: Survey, schedule: Schedule | None, outlook: Outlook) -> Message:
    """What `/nps preview` answers."""
    title = say.mrkdwn("{survey}: the next two weeks", survey=bold(survey.name))
    notes = [context(note) for note in _standing(survey, schedule)]
    panel = outlook_panel(outlook)
    return Message(Mrkdwn(f"{title}\n{in_short(outlook)}"), [section(title), *notes, *panel])


def outlook_panel(outlook: Outlook, *, unknown: int = 0) -> list[Block]:
    """`unknown`: how many of the audience nobody has looked up yet."""
    lines = [in_short(outlook), *_table(outlook), *_first(outlook), *_others(outlook), *_unknown(unknown)]
    return [section(Mrkdwn("\n".join(lines)))]


def in_short(outlook: Outlook) -> Mrkdwn:
    people = say.many("{n} person", "{n} people", outlook.size)
    if not outlook.turns:
        return say.mrkdwn("The audience has {people}. Nobody is due in the next 14 days.", people=people)
    return say.mrkdwn(
        "Of {people} in the audience {asked} will be asked in the next 14 days.",
        people=people,
        asked=len(outlook.turns),
    )


def _standing(survey: Survey, schedule: Schedule | None) -> list[Mrkdwn]:
    if schedule is None:
        return [say.mrkdwn("It does not ask by itself yet. This is what would happen if it started now as usual.")]
    if schedule.paused_at is not None or survey.paused_at is not None:
        return [say.mrkdwn("It is paused. This is what would happen if it went on now.")]
    return []


def _table(outlook: Outlook) -> list[Mrkdwn]:
    days = [day for day in outlook.days if day.turns]
    rows = [f"{day.on:%a %d %b}  {len(day.turns):>3}" for day in days]
    return [Mrkdwn("```\n" + "\n".join(rows) + "\n```")] if rows else []


def _first(outlook: Outlook) -> list[Mrkdwn]:
    if not outlook.turns:
        return []
    named = [
        say.mrkdwn("{name} ({day})", name=isolated(outlook.names[turn.key]), day=f"{turn.on:%a %d}")
        for turn in outlook.turns[:NAMED]
    ]
    return [say.mrkdwn("{first} {names}", first=bold(say("First:")), names=Mrkdwn(", ".join(named)))]


def _others(outlook: Outlook) -> list[Mrkdwn]:
    counted = Counter(WHY.get(because, "who cannot be asked now") for because in outlook.not_asked.values())
    told = [say.mrkdwn("{n} {why}", n=n, why=why) for why, n in counted.most_common()]
    if outlook.left:
        told.append(say.mrkdwn("{n} due after these days", n=outlook.left))
    return [say.mrkdwn("{others} {told}.", others=bold(say("Not yet:")), told=Mrkdwn("; ".join(told)))] if told else []


def _unknown(count: int) -> list[Mrkdwn]:
    if not count:
        return []
    people = say.many("{n} person", "{n} people", count)
    return [say.mrkdwn("{people} I have not met yet: I look each up before anybody is asked.", people=people)]
