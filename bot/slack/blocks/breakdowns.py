"""One number for each group: what it is, how sure, how many were asked, and whether it stands out."""

from collections.abc import Sequence

from bot.rules.groups import Group
from bot.rules.scoring import ENOUGH, FEW, nps
from bot.rules.trend import Verdict
from bot.services.breakdowns import AGENT, Breakdown
from bot.slack import wire
from bot.slack.blocks.kit import Message, context, menu, section
from bot.slack.blocks.scores import answers_of, categories, lines, score_line
from bot.slack.blocks.views import Page
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, channel, escape, isolated, mention, shorten

PAGE, LONGEST_NAME = 10, 60
PEOPLE = ("owner", "agent")
NOBODY = {
    "segment": "No segment",
    "owner": "Nobody's account",
    "account": "No account",
    "role": "No role",
    "channel": "By direct message",
    "agent": "Nobody in particular",
}
say = speaker("en")


def breakdown(found: Breakdown, about: Mrkdwn, *, page: int, offered: Sequence[str]) -> Page:
    """
    A page of groups, those with the most answers first; one beyond the last is the last.

    `offered`: what else numbers can be broken down by.
    """
    page = min(page, max(1, -(-len(found.groups) // PAGE)))
    shown = found.groups[(page - 1) * PAGE : page * PAGE]
    title = bold(say("By {dimension}", dimension=found.dimension))
    head = say.mrkdwn("{title}: {about}", title=title, about=about)
    rows = [_row(found, each) for each in shown] or [say.mrkdwn("No answers yet.")]
    told = [head, *rows, *_hidden(found)]
    blocks = [section(each) for each in told]
    return Page(
        Message(lines(*told), [*blocks, context(_small_print(found))]),
        has_more=len(found.groups) > page * PAGE,
        menus=[menu(wire.PICK_REST, [(each, _label(each)) for each in offered], chosen=found.dimension)],
    )


def _row(found: Breakdown, group: Group) -> Mrkdwn:
    answers, score = group.answers, nps(group.answers)
    name = bold(_name(found.dimension, group.name))
    if score is None:
        number = say.mrkdwn("no answers yet")
    elif answers.responses < FEW:
        number = escape(categories(answers))
    else:
        number = say.mrkdwn(
            "{score}, {answers}{few}",
            score=score_line(answers, score),
            answers=answers_of(answers.responses),
            few="" if answers.responses >= ENOUGH else say("; few answers"),
        )
    told = [escape(number), *_coverage(group), *_verdict(found.verdicts.get(group.name))]
    return Mrkdwn(f"{name}: {' · '.join(told)}")


def _coverage(group: Group) -> list[Mrkdwn]:
    if group.eligible is None:
        return [say.mrkdwn("{asked} asked", asked=_people(group.asked))]
    return [say.mrkdwn("{asked} of {eligible} asked", asked=f"{group.asked:,}", eligible=_people(group.eligible))]


def _people(count: int) -> str:
    return say.many("{n} person", "{n} people", count)


def _verdict(verdict: Verdict | None) -> list[Mrkdwn]:
    words = {Verdict.HIGHER: "higher than the others", Verdict.LOWER: "lower than the others"}
    return [bold(say(words[verdict]))] if verdict in words else []


def _hidden(found: Breakdown) -> list[Mrkdwn]:
    kept = found.kept
    if not kept.hidden:
        return []
    groups = say.many("{n} more with few answers", "{n} more with few answers", kept.hidden)
    return [say.mrkdwn("{groups}: {answers} together", groups=groups, answers=answers_of(kept.hidden_answers))]


def _name(dimension: str, name: str | None) -> Mrkdwn:
    if name is None:
        return escape(say(NOBODY.get(dimension, "Not known")))
    if dimension in PEOPLE:
        return mention(name)
    return channel(name) if dimension == "channel" else escape(isolated(shorten(name, LONGEST_NAME)))


def _label(dimension: str) -> str:
    return say("By {dimension}", dimension=dimension)


def _small_print(found: Breakdown) -> Mrkdwn:
    told = say.mrkdwn(
        '"Higher" or "lower than the others" is said only where chance would seldom do that, corrected for looking at '
        "several at once, and from {enough} answers on both sides.",
        enough=ENOUGH,
    )
    if found.dimension != AGENT:
        return told
    mine = say.mrkdwn("Colleagues are shown from {enough} answers on, and you to yourself always.", enough=ENOUGH)
    return Mrkdwn(f"{told} {mine}")
