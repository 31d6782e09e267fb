"""Two scores beside each other, and whether chance alone would explain the difference."""

from dataclasses import dataclass

from bot.rules.scoring import ENOUGH, FEW, rounded
from bot.rules.trend import SIGNIFICANT, Verdict, Worths, change, detectable, difference
from bot.services.reports import Score
from bot.services.scopes import Scope
from bot.slack.blocks.kit import Message, context, section
from bot.slack.blocks.score_details import exactly
from bot.slack.blocks.scores import answers_of, categories, lines, score_line
from bot.slack.blocks.views import dated
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, escape

say = speaker("en")


@dataclass(frozen=True)
class Sides:
    """Whose answers stand on which side, and their scores."""

    left: Scope
    right: Scope
    left_score: Score
    right_score: Score

    @property
    def worths(self) -> Worths:
        return self.left_score.worth, self.right_score.worth


def comparison(both: Sides) -> Message:
    told = [
        _side(both.left, both.left_score),
        _side(both.right, both.right_score),
        bold(_verdict(both)),
    ]
    note = say.mrkdwn(
        "A difference is said only where chance alone would seldom make it, with at least {n} answers on each side.",
        n=ENOUGH,
    )
    return Message(lines(*told), [*(section(each) for each in told), context(note)])


def comparison_details(both: Sides) -> Message:
    left, right = both.left_score.answers, both.right_score.answers
    if min(left.responses, right.responses) < FEW:
        text = say.mrkdwn("From {few} answers on each side there is something to compare.", few=FEW)
        return Message(text, [section(text)])
    found = difference(left, right, worths=both.worths)
    told = [
        say.mrkdwn(
            "The second minus the first: {value} (adjusted) · 95% range {low} to {high} · p = {p}",
            value=exactly(found.value),
            low=exactly(found.low),
            high=exactly(found.high),
            p=f"{found.p:.4f}",
        ),
        say.mrkdwn(
            "With so many answers a true difference of about {points} points would show four times in five.",
            points=rounded(detectable(left, right, worths=both.worths)),
        ),
        say.mrkdwn('"No clear difference" is p ≥ {p}.', p=SIGNIFICANT),
    ]
    return Message(lines(*told), [section(lines(*told))])


def how_to_compare() -> Message:
    text = say.mrkdwn(
        "What shall stand beside what? Type `/nps compare enterprise vs small`, `/nps compare this quarter vs last "
        "quarter`, `/nps compare owner:@bo vs owner:@cy`, or `/nps compare before 2026-03-01` for as long before a "
        "day as after it."
    )
    return Message(text, [section(text)])


def _side(scope: Scope, score: Score) -> Mrkdwn:
    who = dated(scope)
    if score.nps is None:
        return say.mrkdwn("{who}: no answers yet", who=bold(who))
    if score.answers.responses < FEW:
        return say.mrkdwn("{who}: {counts}", who=bold(who), counts=escape(categories(score.answers)))
    return say.mrkdwn(
        "{who}: {score}, {answers}",
        who=bold(who),
        score=score_line(score.answers, score.nps),
        answers=answers_of(score.answers.responses),
    )


def _verdict(both: Sides) -> str:
    found = change(both.left_score.answers, both.right_score.answers, worths=both.worths)
    match found.verdict if found else Verdict.TOO_FEW:
        case Verdict.HIGHER if found:
            return say("The second is higher by {points}.", points=found.by)
        case Verdict.LOWER if found:
            return say("The second is lower by {points}.", points=-found.by)
        case Verdict.NO_CLEAR_CHANGE:
            return say("No clear difference.")
    return say("Too few answers to compare: there should be {n} on each side.", n=ENOUGH)
