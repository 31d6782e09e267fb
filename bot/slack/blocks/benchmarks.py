"""`/nps benchmarks`: scores of others as they were published, each with its year and source, and never as a target."""

from collections.abc import Sequence
from itertools import groupby

from bot.rules.scoring import rounded
from bot.services.benchmarks import Benchmark, BenchmarkPage, Group, Trust
from bot.services.reports import Score
from bot.services.scopes import Scope
from bot.slack.blocks.kit import Block, Message, context, section
from bot.slack.blocks.scores import answers_of, headline, signed, window
from bot.slack.blocks.views import about
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, link

say = speaker("en")
HEADINGS = {
    Group.SOFTWARE: "Software for companies",
    Group.SERVICES: "Services for companies",
    Group.ACROSS: "All trades",
    Group.CONSUMER: "Consumers",
    Group.RATES: "Not scores: how many answered, wrote or renewed",
}
CAUTION = (
    "Others asked other people, in other years, in other ways: a panel of consumers, a vendor's own customers, by "
    "e-mail. Such numbers differ for that alone, so they say little about yours, and are no target. Compare yourself "
    "with yourself: `/nps trend`."
)
SECOND_HAND = {Trust.C: "second hand"}
ANOTHER_KIND = "None of them was asked after interactions alone, so your number after those does not stand beside them."


def benchmark_page(found: BenchmarkPage, scope: Scope) -> Message:
    parts = [(group, list(each)) for group, each in groupby(found.shown, key=lambda one: one.group)]
    lead, own = bold(say("Scores of others")), _own(found.own, scope)
    listed = [_group(group, each) for group, each in parts]
    caution = say.mrkdwn(CAUTION)
    blocks: list[Block] = [section(Mrkdwn(f"{lead}\n{own}")), *map(section, listed), context(caution)]
    return Message(Mrkdwn("\n".join([lead, own, *listed, caution])), blocks)


def _own(score: Score | None, scope: Scope) -> Mrkdwn:
    if score is None:
        return say.mrkdwn(ANOTHER_KIND)
    whose = Mrkdwn(", ".join([about(scope), *([] if scope.period else [window(score)])]))
    if not score.answers.responses:
        return say.mrkdwn("Yours: no answers yet ({whose}).", whose=whose)
    answers = answers_of(score.answers.responses)
    return say.mrkdwn("Yours: {number} ({answers})", number=headline(score, whose), answers=answers)


def _group(group: Group, found: Sequence[Benchmark]) -> Mrkdwn:
    return Mrkdwn("\n".join([bold(say(HEADINGS[group])), *map(_line, found)]))


def _line(one: Benchmark) -> Mrkdwn:
    return say.mrkdwn(
        "{figure} {label}, {year} ({about}). {source}",
        figure=bold(_figure(one)),
        label=one.label,
        year=one.year,
        about="; ".join(filter(None, (one.role, one.basis, one.sample, SECOND_HAND.get(one.trust)))),
        source=link(one.address, one.source),
    )


def _figure(one: Benchmark) -> str:
    if not one.is_score:
        return f"{one.value:g}%"
    if one.low is None or one.high is None:
        return signed(rounded(one.value))
    return f"{signed(rounded(one.value))} ({signed(rounded(one.low))} to {signed(rounded(one.high))})"
