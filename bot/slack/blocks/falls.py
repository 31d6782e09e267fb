"""The fall alert: a score fell by more than chance alone would leave, said plainly and with what to look at."""

from bot.rules.scoring import Tally, nps, points
from bot.services.falls import before_and_after
from bot.slack.blocks.kit import Message, context, section
from bot.slack.blocks.scores import score_line
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold
from storage.models import Fall

say = speaker("en")


def fall_alert(fall: Fall, survey_name: str) -> Message:
    """Two scores, how sure each is, and where the reasons are."""
    before, after = before_and_after(fall)
    title = say.mrkdwn("The score of {survey} has fallen.", survey=survey_name)
    lines = [
        bold(title),
        say.mrkdwn("The last four weeks: {score}", score=_score(after)),
        say.mrkdwn("The four weeks before: {score}", score=_score(before)),
        say.mrkdwn(
            "That is lower by {points}. Chance alone would seldom do this: less than once in 200 such comparisons.",
            points=points(before) - points(after),
        ),
        say.mrkdwn("`/nps detractors` shows what unhappy customers wrote, `/nps` who is waiting."),
    ]
    note = say.mrkdwn("Of this survey you hear so again after four weeks at the earliest.")
    text = Mrkdwn("\n".join(lines))
    return Message(text, [section(text), context(note)])


def _score(answers: Tally) -> Mrkdwn:
    found, count = nps(answers), say.many("{n} answer", "{n} answers", answers.responses)
    return say.mrkdwn("{score}, {answers}", score=score_line(answers, found), answers=count) if found else count
