"""`/nps exits`: why customers did not renew, counted, and in their own words."""

from bot.rules.exits import Reason, Share, shares
from bot.rules.scoring import FEW
from bot.services.exits import ExitReport
from bot.slack.blocks.exits import reason_label
from bot.slack.blocks.kit import Block, Message, context, quote, section
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, day, isolated, shorten
from storage.models import Contact, ExitReason

LISTED_COMMENT = 300
say = speaker("en")


def exit_report(report: ExitReport) -> Message:
    if not report.counts:
        return _nothing_yet()
    answers = say.many("{n} answer", "{n} answers", sum(report.counts.values()))
    title = say.mrkdwn(
        "{why}, last {days} days: {answers}",
        why=bold(say("Why customers did not renew")),
        days=report.days,
        answers=answers,
    )
    counted = Mrkdwn("\n".join(_line(share) for share in shares(report.counts)))
    blocks = [section(Mrkdwn(f"{title}\n{counted}")), *_newest(report), context(_small_print(report))]
    return Message(Mrkdwn(f"{title}\n{counted}"), blocks)


def exit_survey_line(name: str) -> Mrkdwn:
    """In the list of surveys."""
    return say.mrkdwn("{name} · exit · why they did not renew; no score, no alert: `/nps exits`", name=bold(name))


def _nothing_yet() -> Message:
    text = say.mrkdwn("Nobody has said yet why they did not renew. Ask somebody: type `/nps ask @person not-renewed`.")
    return Message(text, [section(text)])


def _line(share: Share) -> Mrkdwn:
    reason = reason_label(say, share.reason)
    if share.percent is None:
        return say.mrkdwn("{reason}: {count}", reason=reason, count=share.count)
    return say.mrkdwn("{reason}: {count} ({percent}%)", reason=reason, count=share.count, percent=share.percent)


def _newest(report: ExitReport) -> list[Block]:
    return [block for answer, contact in report.newest for block in _words(answer, contact)]


def _words(answer: ExitReason, contact: Contact) -> list[Block]:
    head = say.mrkdwn(
        "{who} · {reason}, {day}",
        who=bold(isolated(contact.name)),
        reason=reason_label(say, Reason(answer.reason)),
        day=day(answer.answered_at),
    )
    return [section(head), quote(shorten(answer.comment or "", LISTED_COMMENT))]


def _small_print(report: ExitReport) -> Mrkdwn:
    told = say.mrkdwn(
        "Questions that are over: {finished}; answered: {answered}. Who did not answer may have had other reasons.",
        finished=report.finished,
        answered=report.answered,
    )
    if sum(report.counts.values()) >= FEW:
        return told
    return say.mrkdwn("{told} Percentages are shown from {few} answers on.", told=told, few=FEW)
