"""`/nps recovery`: how many feel better after somebody looked after them, and from where to where they moved."""

from bot.rules.recovery import UPWARDS, Moves, recovered
from bot.rules.scoring import FEW, Category
from bot.services.recoveries import RecoveryReport, days_after
from bot.services.surveys import is_asked_by_hand
from bot.slack.blocks.exit_reports import exit_survey_line
from bot.slack.blocks.kit import Block, Message, context, field, section, typed
from bot.slack.wire import VALUE
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, escape
from storage.models import Survey

LONGEST_NUMBER = 3
say = speaker("en")
NAMES = {
    Category.DETRACTOR: ("{n} detractor", "{n} detractors"),
    Category.PASSIVE: ("{n} passive", "{n} passives"),
    Category.PROMOTER: ("{n} promoter", "{n} promoters"),
}


def recovery_report(report: RecoveryReport) -> Message:
    if not report.moved:
        return _nothing_yet(report)
    title = say.mrkdwn("{title}, last {days} days", title=bold(say("Recovery")), days=report.days)
    lines = [line for line in (recovered_line(report.moved), *_table(report.moved)) if line]
    told = Mrkdwn("\n".join([title, *lines]))
    return Message(told, [section(told), context(_small_print(report))])


def recovered_line(moved: Moves) -> Mrkdwn | None:
    """How many detractors and passives are in a better category now; None where there were none."""
    found = recovered(moved)
    if not found.of:
        return None
    if found.percent is None:
        return say.mrkdwn("{better} of {of} recovered", better=found.better, of=found.of)
    share = bold(say("{percent}% recovered", percent=found.percent))
    return say.mrkdwn("{share} ({better} of {of})", share=share, better=found.better, of=found.of)


def unscored_line(survey: Survey) -> Mrkdwn:
    """In the list of surveys, of those outside the score."""
    if is_asked_by_hand(survey):
        return exit_survey_line(survey.name)
    days = say.many("{n} day", "{n} days", days_after(survey))
    return say.mrkdwn(
        "{name} · recovery · by itself, {days} after an answer was looked after; outside the score: `/nps recovery`",
        name=bold(survey.name),
        days=days,
    )


def after_days_field(survey: Survey | None) -> list[Block]:
    """Nothing in the modal of any other survey."""
    if survey is None or is_asked_by_hand(survey):
        return []
    element = typed(VALUE, longest=LONGEST_NUMBER, text=str(days_after(survey)))
    hint = say("Counted from the day on which somebody resolved it. Once, and not when they have answered anew.")
    return [field("after_days", say("Days until we ask"), element, hint=hint)]


def _nothing_yet(report: RecoveryReport) -> Message:
    text = say.mrkdwn(
        "Nobody has said yet how they feel after somebody looked after their answer. Asked so far: {asked}.",
        asked=report.asked,
    )
    return Message(text, [section(text)])


def _table(moved: Moves) -> list[Mrkdwn]:
    return [_row(moved, before) for before in UPWARDS if any(before is each for each, _ in moved)]


def _row(moved: Moves, before: Category) -> Mrkdwn:
    """From one category: into which others."""
    now = [_counted(each, moved[before, each]) for each in reversed(UPWARDS) if moved.get((before, each))]
    of = sum(count for (earlier, _), count in moved.items() if earlier is before)
    return say.mrkdwn("{before} → {now}", before=_counted(before, of), now=Mrkdwn(", ".join(now)))


def _counted(each: Category, count: int) -> Mrkdwn:
    return escape(say.many(*NAMES[each], count))


def _small_print(report: RecoveryReport) -> Mrkdwn:
    answered = sum(report.moved.values())
    told = say.mrkdwn(
        "Asked: {asked}; answered: {answered}. Recovered: in a better category than before; promoters are left out. "
        "Another question than the first, so none of it is part of the score.",
        asked=report.asked,
        answered=answered,
    )
    found = recovered(report.moved)
    if found.percent is not None or not found.of:
        return told
    return say.mrkdwn("{told} A percentage is shown from {few} answers on.", told=told, few=FEW)
