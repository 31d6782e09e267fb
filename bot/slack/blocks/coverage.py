"""Who was asked at all, whom it reached, who answered, and who was left alone for which reason."""

from bot.rules.answering import InvitationState
from bot.rules.scoring import rounded
from bot.services.coverage import Coverage
from bot.slack.blocks.kit import Message, context, section
from bot.slack.blocks.outlooks import WHY
from bot.slack.blocks.scores import answers_of, lines
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold

say = speaker("en")


def coverage_page(found: Coverage, about: Mrkdwn) -> Message:
    head = say.mrkdwn("{title}: {about}", title=bold(say("Who was asked")), about=about)
    told = lines(_asked(found), _arrived(found), _answered(found), _commented(found))
    blocks = [section(head), section(told)]
    withheld = _withheld(found)
    note = say.mrkdwn("A score tells of those who were asked and answered, and of nobody else.")
    blocks += [section(withheld)] if withheld else []
    return Message(lines(head, told, withheld), [*blocks, context(note)])


def _asked(found: Coverage) -> Mrkdwn:
    people = say.many("{n} person", "{n} people", found.eligible)
    out = say.many("; {n} opted out", "; {n} opted out", found.opted_out) if found.opted_out else ""
    if not found.eligible:
        return say.mrkdwn("Nobody is known yet who could be asked{out}", out=out)
    share = rounded(100 * found.asked / found.eligible)
    return say.mrkdwn(
        "{title} {asked} of {people} who may be asked, {share}%{out}",
        title=bold(say("Asked:")),
        asked=f"{found.asked:,}",
        people=people,
        share=share,
        out=out,
    )


def _arrived(found: Coverage) -> Mrkdwn | None:
    attempted = found.sent + found.failed
    if not attempted:
        return None
    questions = say.many("{n} question", "{n} questions", attempted)
    share = rounded(100 * found.sent / attempted)
    return say.mrkdwn(
        "{title} {sent} of {questions}, {share}%",
        title=bold(say("Arrived:")),
        sent=f"{found.sent:,}",
        questions=questions,
        share=share,
    )


def _answered(found: Coverage) -> Mrkdwn | None:
    open_ = found.of(InvitationState.SENT) + found.of(InvitationState.WAITING)
    still = say.many("; {n} is still open", "; {n} are still open", open_) if open_ else ""
    if not found.finished:
        return say.mrkdwn("{title} no question is over yet{still}", title=bold(say("Answered:")), still=still)
    answered = found.of(InvitationState.ANSWERED)
    return say.mrkdwn(
        "{title} {answered} of {finished} finished questions, {share}%: {declined} said no, {silent} did not "
        "answer{still}",
        title=bold(say("Answered:")),
        answered=f"{answered:,}",
        finished=f"{found.finished:,}",
        share=rounded(100 * answered / found.finished),
        declined=f"{found.of(InvitationState.DECLINED):,}",
        silent=f"{found.of(InvitationState.EXPIRED):,}",
        still=still,
    )


def _commented(found: Coverage) -> Mrkdwn | None:
    if not found.answers:
        return None
    return say.mrkdwn(
        "{title} {comments} of {answers}, {share}%",
        title=bold(say("With a comment:")),
        comments=f"{found.comments:,}",
        answers=answers_of(found.answers),
        share=rounded(100 * found.comments / found.answers),
    )


def _withheld(found: Coverage) -> Mrkdwn | None:
    ordered = sorted(found.withheld.items(), key=lambda each: -each[1])
    told = [say.mrkdwn("{n} {why}", n=n, why=WHY[because]) for because, n in ordered if because in WHY]
    others = sum(n for because, n in ordered if because not in WHY)
    told += [say.mrkdwn("{n} for other reasons", n=others)] if others else []
    if not told:
        return None
    return say.mrkdwn("{title} {told}", title=bold(say("Not asked:")), told=Mrkdwn("; ".join(told)))
