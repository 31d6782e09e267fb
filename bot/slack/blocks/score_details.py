"""The figures behind a score, for whoever wants to check it."""

from bot.rules.scoring import FEW, Nps, rounded
from bot.rules.silence import break_even
from bot.rules.trend import detectable, difference
from bot.services.account_answers import RevenueScore
from bot.services.reports import Score, Standing
from bot.slack.blocks.kit import Message, section
from bot.slack.blocks.scores import answers_of, lines, signed
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold

PLUS_MINUS_FROM = 100  # answers: below, the range is too lopsided for one figure
say = speaker("en")


def score_details(standing: Standing, revenue: RevenueScore | None = None) -> Message:
    """The range, the test against the time before, what the silent could change, and the score of the money."""
    score = standing.score
    if score.nps is None or score.answers.responses < FEW:
        text = say.mrkdwn("From {few} answers on there is a score, and what is behind it.", few=FEW)
        return Message(text, [section(text)])
    told = [_range(score, score.nps), _test(standing), _silent(score, score.nps), _revenue(revenue)]
    found = [each for each in told if each]
    return Message(Mrkdwn("\n\n".join(found)), [section(each) for each in found])


def exactly(points: float) -> str:
    """With two decimals, and its sign."""
    return f"{points:+.2f}".replace("-", "−")


def _range(score: Score, nps: Nps) -> Mrkdwn:
    reach = rounded(max(nps.value - nps.low, nps.high - nps.value))
    is_even = score.answers.responses >= PLUS_MINUS_FROM
    return lines(
        bold(say("The score and its range")),
        say.mrkdwn(
            "NPS {score} · 95% range {low} to {high} · n = {n}",
            score=exactly(nps.value),
            low=exactly(nps.low),
            high=exactly(nps.high),
            n=nps.responses,
        ),
        say.mrkdwn("That is {score} ± {reach}.", score=signed(rounded(nps.value)), reach=reach) if is_even else None,
        say.mrkdwn("Adjusted Wald interval, z = 1.96 (Rocks 2016)."),
        _alike(score),
    )


def _alike(score: Score) -> Mrkdwn | None:
    if score.worth is None:
        return None
    return say.mrkdwn(
        "Several answers come from the same accounts, and colleagues are alike: these {n} say as much as {worth} "
        "independent ones, so the range is wider (design effect, Cochran 1977).",
        n=score.answers.responses,
        worth=rounded(score.worth),
    )


def _revenue(found: RevenueScore | None) -> Mrkdwn | None:
    if found is None or not found.responses:
        return None
    title, worth = bold(say("Weighted by revenue")), rounded(found.worth)
    if found.nps is None:
        few = say.mrkdwn("{n}, worth {worth}: too few to show.", n=answers_of(found.responses), worth=worth)
        return lines(title, few)
    return lines(
        title,
        say.mrkdwn(
            "NPS {score} · 95% range {low} to {high} · {n}, worth {worth}",
            score=exactly(found.nps.value),
            low=exactly(found.nps.low),
            high=exactly(found.nps.high),
            n=answers_of(found.responses),
            worth=worth,
        ),
        say.mrkdwn(
            "Each account's revenue is split over its answers; {n} without revenue are left out.",
            n=answers_of(found.unweighted),
        )
        if found.unweighted
        else say.mrkdwn("Each account's revenue is split over its answers."),
    )


def _test(standing: Standing) -> Mrkdwn | None:
    before, after = standing.before, standing.score.answers
    if min(before.responses, after.responses) < FEW:
        return None
    worths = (standing.before_worth, standing.score.worth)
    found = difference(before, after, worths=worths)
    return lines(
        bold(say("Against the time before")),
        say.mrkdwn(
            "Difference {value} (adjusted) · 95% range {low} to {high} · p = {p} · n = {n} before",
            value=exactly(found.value),
            low=exactly(found.low),
            high=exactly(found.high),
            p=f"{found.p:.4f}",
            n=before.responses,
        ),
        say.mrkdwn(
            "With so many answers a true difference of about {points} points would show four times in five.",
            points=rounded(detectable(before, after, worths=worths)),
        ),
    )


def _silent(score: Score, nps: Nps) -> Mrkdwn | None:
    if score.rate is None:
        return None
    title, rate = bold(say("Those who did not answer")), rounded(100 * score.rate)
    turn = break_even(nps.value, score.rate)
    if turn is None:
        return lines(title, say.mrkdwn("{rate}% answered: no silence could turn this score around.", rate=rate))
    if nps.value < 0:
        return lines(
            title,
            say.mrkdwn(
                "{score} with {rate}% answering: if the rest averaged above {turn}, the true score would be above 0.",
                score=signed(rounded(nps.value)),
                rate=rate,
                turn=signed(rounded(turn)),
            ),
        )
    return lines(
        title,
        say.mrkdwn(
            "{score} with {rate}% answering: if the rest averaged below {turn}, the true score would be below 0.",
            score=signed(rounded(nps.value)),
            rate=rate,
            turn=signed(rounded(turn)),
        ),
    )
