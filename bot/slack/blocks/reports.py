"""What `/nps` says: who is waiting first, then the number in plain words, and how sure it is."""

from collections.abc import Sequence

from bot.rules.scoring import ENOUGH, FEW, Nps, Tally, points, rounded
from bot.rules.trend import Change, Verdict
from bot.services.interviews import is_interview
from bot.services.reports import Report, Score, Unhappy
from bot.slack.blocks.customers import answered_at, one_customer, one_customer_first
from bot.slack.blocks.interviews import told_in_meeting
from bot.slack.blocks.kit import Block, Message, context, divider, link_button, quote, section
from bot.slack.blocks.recovery_reports import recovered_line
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, day, escape, mention, shorten
from storage.models import FollowUp

LISTED_COMMENT = 300
say = speaker("en")


def overview(report: Report, *, workspace_url: str) -> Message:
    """The answer to a bare `/nps`."""
    lines = [
        _headline(report),
        *_counts(report),
        _before(report),
        _told(report),
        _transactional(report),
        _recovered(report),
    ]
    number = Mrkdwn("\n".join(line for line in lines if line))
    blocks = [*_waiting(report, workspace_url), section(number), context(_small_print(report))]
    waiting = [_waiting_line(report)] if report.waiting_count else []
    return Message(Mrkdwn("\n".join([*waiting, number])), blocks)


def detractor_list(found: Sequence[Unhappy], *, workspace_url: str) -> Message:
    """The latest unhappy answers, and what became of each."""
    if not found:
        text = say.mrkdwn("Nobody has given a 0 to 6 yet.")
        return Message(text, [section(text)])
    title = say.many("The latest answer from 0 to 6", "The latest {n} answers from 0 to 6, newest first", len(found))
    blocks: list[Block] = [section(bold(title))]
    for one in found:
        blocks += _detractor(one, workspace_url)
    return Message(title, blocks)


def signed(value: int) -> str:
    """A score always shows its sign: "+43", "−7", "0"."""
    return f"+{value}" if value > 0 else f"−{-value}" if value < 0 else "0"


def score_line(answers: Tally, nps: Nps) -> Mrkdwn:
    """The score with the range chance alone would leave it in."""
    likely = (signed(rounded(nps.low)), signed(rounded(nps.high)))
    return say.mrkdwn(
        "{score} (likely {low} to {high})", score=bold(f"NPS {signed(points(answers))}"), low=likely[0], high=likely[1]
    )


def alert_url(follow_up: FollowUp | None, workspace_url: str) -> str | None:
    """Where the alert stands in Slack."""
    if follow_up is None or follow_up.card_ts is None:
        return None
    return f"{workspace_url}archives/{follow_up.card_channel_id}/p{follow_up.card_ts.replace('.', '')}"


def _headline(report: Report) -> Mrkdwn:
    score = report.relational
    window = _window(score)
    if not score.answers.responses:
        return _nothing_yet(report)
    if score.nps is None or score.answers.responses < FEW:
        return say.mrkdwn("{counts}, relationship, {window}", counts=bold(_categories(score.answers)), window=window)
    line = say.mrkdwn("{score}, relationship, {window}", score=score_line(score.answers, score.nps), window=window)
    return line if score.answers.responses >= ENOUGH else say.mrkdwn("{line}; few answers", line=line)


def _nothing_yet(report: Report) -> Mrkdwn:
    if report.transactional.answers.responses:
        return bold(say("No relationship answers yet."))
    return say.mrkdwn("{none} Ask somebody: type `/nps ask @person`.", none=bold(say("No answers yet.")))


def _window(score: Score) -> str:
    if score.is_widened:
        return say("last {days} days (the last 90 hold fewer than {few} answers)", days=score.days, few=FEW)
    return say("last {days} days", days=score.days)


def _counts(report: Report) -> list[Mrkdwn]:
    score = report.relational
    lines = [escape(_categories(score.answers))] if score.answers.responses >= FEW else []
    answers = say.many("{n} answer", "{n} answers", score.answers.responses)
    if score.rate is not None and score.answers.responses:
        rate = rounded(100 * score.rate)
        lines.append(say.mrkdwn("{answers}; {rate}% of finished asks were answered", answers=answers, rate=rate))
    elif score.answers.responses >= FEW:
        lines.append(answers)
    if 0 < score.answers.responses < FEW:
        lines.append(say.mrkdwn("A score is shown from {few} answers on", few=FEW))
    return lines


def _categories(answers: Tally) -> str:
    promoters = say.many("{n} promoter", "{n} promoters", answers.promoters)
    passives = say.many("{n} passive", "{n} passives", answers.passives)
    detractors = say.many("{n} detractor", "{n} detractors", answers.detractors)
    return f"{promoters} · {passives} · {detractors}"


def _before(report: Report) -> Mrkdwn | None:
    if report.change is None or min(report.before.responses, report.relational.answers.responses) < FEW:
        return None
    return say.mrkdwn(
        "{days} days before: {score} ({answers}). {change}",
        days=report.relational.days,
        score=signed(points(report.before)),
        answers=say.many("{n} answer", "{n} answers", report.before.responses),
        change=_change(report.change),
    )


def _change(change: Change) -> str:
    match change.verdict:
        case Verdict.TOO_FEW:
            return say("Too few answers to compare.")
        case Verdict.NO_CLEAR_CHANGE:
            return say("No clear change.")
        case Verdict.HIGHER:
            return say("Higher by {points}.", points=abs(change.by))
        case Verdict.LOWER:
            return say("Lower by {points}.", points=abs(change.by))


def _transactional(report: Report) -> Mrkdwn | None:
    score, what = report.transactional, report.transactional_name or say("interactions")
    if not score.answers.responses:
        return None
    if score.nps is None or score.answers.responses < FEW:
        counts = _categories(score.answers).replace(" · ", ", ")
        return say.mrkdwn("After {what}: {counts}; too few for a score", what=what, counts=counts)
    return say.mrkdwn(
        "After {what}: {score}, {answers}, {window}",
        what=what,
        score=score_line(score.answers, score.nps),
        answers=say.many("{n} answer", "{n} answers", score.answers.responses),
        window=_window(score),
    )


def _told(report: Report) -> Mrkdwn | None:
    """What colleagues were told to their face: apart from the number, and never part of it."""
    told = report.told
    if not told.answers.responses:
        return None
    answers = say.many("{n} answer", "{n} answers", told.answers.responses)
    if told.nps is None or told.answers.responses < FEW:
        counts = _categories(told.answers).replace(" · ", ", ")
        said = say.mrkdwn("{answers}, too few for a score: {counts}", answers=answers, counts=counts)
    else:
        said = say.mrkdwn("{answers}, {score}", answers=answers, score=score_line(told.answers, told.nps))
    return say.mrkdwn(
        "In review meetings (told to a colleague, not counted above), last {days} days: {said}",
        days=told.days,
        said=said,
    )


def _recovered(report: Report) -> Mrkdwn | None:
    line = recovered_line(report.moved)
    return say.mrkdwn("After somebody looked after them: {line}; `/nps recovery`", line=line) if line else None


def _small_print(report: Report) -> Mrkdwn:
    shown = max(report.relational.answers.responses, report.transactional.answers.responses)
    explained = (
        say.mrkdwn(
            '"Likely" is the 95% range that chance alone would leave; it says nothing about people who did not answer.'
        )
        if shown >= FEW
        else say.mrkdwn("0–6 are detractors, 7–8 passives, 9–10 promoters.")
    )
    return say.mrkdwn("{explained} `/nps help` says what else I can do.", explained=explained)


def _waiting(report: Report, workspace_url: str) -> list[Block]:
    if not report.waiting_count:
        return []
    url = alert_url(report.waiting[0].follow_up, workspace_url)
    return [section(_waiting_line(report), link_button(say("Open"), url) if url else None), divider()]


def _waiting_line(report: Report) -> Mrkdwn:
    count = say.many("{n} customer is waiting:", "{n} customers are waiting:", report.waiting_count)
    people = [
        say.mrkdwn("{name}, since {day}", name=one_customer(one.contact), day=day(one.follow_up.opened_at))
        for one in report.waiting
        if one.follow_up
    ]
    more = report.waiting_count - len(people)
    if more > 0:
        people.append(say.many("and {n} more", "and {n} more", more))
    return Mrkdwn(f"{bold(count)} {'; '.join(people)}")


def _detractor(one: Unhappy, workspace_url: str) -> list[Block]:
    response = one.response
    survey = Mrkdwn(f"{escape(one.survey_name)}, {told_in_meeting(response)}") if is_interview(response) else None
    head = say.mrkdwn(
        "{who} · {survey}, {when} · {state}",
        who=bold(f"{one_customer_first(one.contact)}: {response.score}"),
        survey=survey or one.survey_name,
        when=answered_at(response),
        state=_state(one.follow_up),
    )
    url = alert_url(one.follow_up, workspace_url)
    blocks = [section(head, link_button(say("Open"), url) if url else None)]
    return [*blocks, quote(shorten(response.comment, LISTED_COMMENT))] if response.comment else blocks


def _state(follow_up: FollowUp | None) -> Mrkdwn:
    match follow_up.state if follow_up else None:
        case "claimed" if follow_up and follow_up.claimed_by:
            return say.mrkdwn("{person} takes care of it", person=mention(follow_up.claimed_by))
        case "resolved":
            return say.mrkdwn("resolved")
        case "open":
            return bold(say("nobody yet"))
    return say.mrkdwn("no follow-up")
