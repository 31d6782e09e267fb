"""A score in plain words: the number, how sure it is, what it is made of, and what may be said of the time before."""

from collections.abc import Sequence

from bot.rules.scoring import ENOUGH, FEW, Nps, Tally, points, rounded
from bot.rules.trend import Change, Verdict
from bot.services.reports import Score, Standing
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, escape

say = speaker("en")


def signed(value: int) -> str:
    """A score always shows its sign: "+43", "−7", "0"."""
    return f"+{value}" if value > 0 else f"−{-value}" if value < 0 else "0"


def likely(nps: Nps) -> str:
    """The range: "+16 to +63"."""
    return say("{low} to {high}", low=signed(rounded(nps.low)), high=signed(rounded(nps.high)))


def score_line(answers: Tally, nps: Nps) -> Mrkdwn:
    """The score with the range chance alone would leave it in."""
    return say.mrkdwn("{score} (likely {range})", score=bold(f"NPS {signed(points(answers))}"), range=likely(nps))


def short_score(answers: Tally, nps: Nps | None) -> Mrkdwn:
    """In a row of several: the score with its range, or, of few answers, what they are."""
    if nps is None or answers.responses < FEW:
        return escape(categories(answers))
    return score_line(answers, nps)


def answers_of(count: int) -> str:
    return say.many("{n} answer", "{n} answers", count)


def categories(answers: Tally, *, between: str = " · ") -> str:
    promoters = say.many("{n} promoter", "{n} promoters", answers.promoters)
    passives = say.many("{n} passive", "{n} passives", answers.passives)
    detractors = say.many("{n} detractor", "{n} detractors", answers.detractors)
    return between.join((promoters, passives, detractors))


def headline(score: Score, about: Mrkdwn) -> Mrkdwn:
    """The number, of whom and from when; of few answers how many they are. There is at least one."""
    if score.nps is None or score.answers.responses < FEW:
        return say.mrkdwn("{counts}, {about}", counts=bold(categories(score.answers)), about=about)
    line = say.mrkdwn("{score}, {about}", score=score_line(score.answers, score.nps), about=about)
    return line if score.answers.responses >= ENOUGH else say.mrkdwn("{line}; few answers", line=line)


def window(score: Score) -> str:
    if score.is_widened:
        return say("last {days} days (the last 90 hold fewer than {few} answers)", days=score.days, few=FEW)
    return say("last {days} days", days=score.days)


def counts(score: Score) -> list[Mrkdwn]:
    """What a number is made of, and how many of those who were asked gave an answer."""
    lines = [escape(categories(score.answers))] if score.answers.responses >= FEW else []
    answers = answers_of(score.answers.responses)
    if score.rate is not None and score.answers.responses:
        rate = rounded(100 * score.rate)
        lines.append(say.mrkdwn("{answers}; {rate}% of finished asks were answered", answers=answers, rate=rate))
    elif score.answers.responses >= FEW:
        lines.append(escape(answers))
    if 0 < score.answers.responses < FEW:
        lines.append(say.mrkdwn("A score is shown from {few} answers on", few=FEW))
    return lines


def before(standing: Standing, when: str) -> Mrkdwn | None:
    """The time before, and what may be said of both; nothing where either has too few answers for a score."""
    if standing.change is None or min(standing.before.responses, standing.score.answers.responses) < FEW:
        return None
    return say.mrkdwn(
        "{when}: {score} ({answers}). {change}",
        when=when,
        score=signed(points(standing.before)),
        answers=answers_of(standing.before.responses),
        change=changed(standing.change),
    )


def changed(change: Change) -> str:
    match change.verdict:
        case Verdict.TOO_FEW:
            return say("Too few answers to compare.")
        case Verdict.NO_CLEAR_CHANGE:
            return say("No clear change.")
        case Verdict.HIGHER:
            return say("Higher by {points}.", points=abs(change.by))
        case Verdict.LOWER:
            return say("Lower by {points}.", points=abs(change.by))


def lines(*told: Mrkdwn | Sequence[Mrkdwn] | None) -> Mrkdwn:
    """One under the other; what is None is left out."""
    found: list[Mrkdwn] = []
    for each in told:
        found += [each] if isinstance(each, Mrkdwn) else list(each or ())
    return Mrkdwn("\n".join(found))
