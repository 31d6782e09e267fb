"""What `/nps` says: who is waiting first, then the number in plain words, and how sure it is."""

from bot.rules.scoring import FEW
from bot.services.reports import Report, Standing, Told
from bot.services.scopes import Scope
from bot.services.surveys import SurveyKind
from bot.slack.blocks.customers import one_customer
from bot.slack.blocks.kit import Block, Message, context, divider, link_button, section
from bot.slack.blocks.recovery_reports import recovered_line
from bot.slack.blocks.scores import answers_of, before, categories, counts, headline, lines, score_line, window
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, day, escape
from storage.models import FollowUp

LISTED_COMMENT = 300
say = speaker("en")


def overview(report: Report, *, workspace_url: str) -> Message:
    """The answer to a bare `/nps`."""
    number = lines(
        _headline(report),
        counts(report.relational.score),
        before(report.relational, say("{days} days before", days=report.relational.score.days)),
        _transactional(report),
        _apart(report),
        _recovered(report),
    )
    blocks = [*_waiting(report, workspace_url), section(number), context(_small_print(report))]
    waiting = [_waiting_line(report)] if report.waiting_count else []
    return Message(Mrkdwn("\n".join([*waiting, number])), blocks)


def scoped(standing: Standing, scope: Scope, of_whom: Mrkdwn) -> Message:
    """The number of some people, or of another time. It names nobody, so that a channel may read it."""
    score = standing.score
    if not score.answers.responses:
        text = say.mrkdwn("{none} {about}", none=bold(say("No answers yet:")), about=of_whom)
        if scope.kind is SurveyKind.RELATIONAL and not scope.names_kind:
            text = lines(text, say.mrkdwn("Answers after interactions are shown with `kind:interactions`."))
        return Message(text, [section(text)])
    when = of_whom if scope.period else Mrkdwn(f"{of_whom}, {escape(window(score))}")
    earlier = say("The time before") if scope.period else say("{days} days before", days=score.days)
    number = lines(headline(score, when), counts(score), before(standing, earlier))
    return Message(number, [section(number), context(_explained(score.answers.responses))])


def alert_url(follow_up: FollowUp | None, workspace_url: str) -> str | None:
    """Where the alert stands in Slack."""
    if follow_up is None or follow_up.card_ts is None:
        return None
    return f"{workspace_url}archives/{follow_up.card_channel_id}/p{follow_up.card_ts.replace('.', '')}"


def _headline(report: Report) -> Mrkdwn:
    score = report.relational.score
    if score.answers.responses:
        return headline(score, say.mrkdwn("relationship, {window}", window=window(score)))
    if report.transactional.answers.responses:
        return bold(say("No relationship answers yet."))
    return say.mrkdwn("{none} Ask somebody: type `/nps ask @person`.", none=bold(say("No answers yet.")))


def _transactional(report: Report) -> Mrkdwn | None:
    score, what = report.transactional, report.transactional_name or say("interactions")
    if not score.answers.responses:
        return None
    if score.nps is None or score.answers.responses < FEW:
        counts = categories(score.answers, between=", ")
        return say.mrkdwn("After {what}: {counts}; too few for a score", what=what, counts=counts)
    return say.mrkdwn(
        "After {what}: {score}, {answers}, {window}",
        what=what,
        score=score_line(score.answers, score.nps),
        answers=answers_of(score.answers.responses),
        window=window(score),
    )


def _apart(report: Report) -> list[Mrkdwn]:
    """What nobody was asked for by a question of ours: apart from the numbers, and never part of them."""
    meetings = say("In review meetings (told to a colleague, not counted above)")
    cards = say("On open cards (of their own accord, not counted above)")
    lines = [_told(meetings, report.told), _told(cards, report.volunteered)]
    return [each for each in lines if each]


def _told(where: str, told: Told) -> Mrkdwn | None:
    if not told.answers.responses:
        return None
    answers = answers_of(told.answers.responses)
    if told.nps is None or told.answers.responses < FEW:
        counts = categories(told.answers, between=", ")
        said = say.mrkdwn("{answers}, too few for a score: {counts}", answers=answers, counts=counts)
    else:
        said = say.mrkdwn("{answers}, {score}", answers=answers, score=score_line(told.answers, told.nps))
    return say.mrkdwn("{where}, last {days} days: {said}", where=where, days=told.days, said=said)


def _recovered(report: Report) -> Mrkdwn | None:
    line = recovered_line(report.moved)
    return say.mrkdwn("After somebody looked after them: {line}; `/nps recovery`", line=line) if line else None


def _small_print(report: Report) -> Mrkdwn:
    shown = max(report.relational.score.answers.responses, report.transactional.answers.responses)
    return say.mrkdwn("{explained} `/nps help` says what else I can do.", explained=_explained(shown))


def _explained(responses: int) -> Mrkdwn:
    if responses < FEW:
        return say.mrkdwn("0–6 are detractors, 7–8 passives, 9–10 promoters.")
    return say.mrkdwn(
        '"Likely" is the 95% range that chance alone would leave; it says nothing about people who did not answer.'
    )


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
