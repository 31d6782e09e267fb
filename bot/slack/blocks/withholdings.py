"""`/nps why @person`: what the rules would say now, and what was decided before."""

from bot.rules.answering import InvitationState
from bot.rules.recontact import Because
from bot.rules.rounds import PASSED_OVER
from bot.services.asks import BY_ITSELF, CONFIDENTIAL
from bot.services.disclosures import is_confidential
from bot.services.interviews import INTERVIEW
from bot.services.withholdings import HALTED, Now, Why, decided_at
from bot.slack.blocks.kit import Block, Message, context, section
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, day, isolated, mention
from bot.texts.refusals import sentence
from storage.models import Invitation, Withholding

say = speaker("en")
BECAME = {
    InvitationState.WAITING: "asked; it has not left yet",
    InvitationState.SENT: "asked; no answer yet",
    InvitationState.ANSWERED: "asked, and answered",
    InvitationState.DECLINED: "asked, and declined",
    InvitationState.EXPIRED: "asked, and did not answer",
    InvitationState.WITHDRAWN: "asked; the question was taken back",
    InvitationState.FAILED: "could not be asked: Slack did not let me",
}
LEFT = (InvitationState.SENT, InvitationState.ANSWERED, InvitationState.DECLINED, InvitationState.EXPIRED)
BECAUSE = {
    Because.BOT: "a bot",
    Because.DEACTIVATED: "deactivated",
    Because.STRANGER: "I shared no channel with them",
    Because.ONESELF: "nobody asks themselves",
    Because.STAFF: "they are staff",
    Because.OPTED_OUT: "they do not want to be asked",
    Because.WAITING: "another question was on its way",
    Because.INCIDENT: "something was broken for their company",
    Because.BLACKOUT: "nobody was asked on these days",
    Because.FLOOR: "asked within 24 hours",
    Because.DECLINED: "they had declined lately",
    Because.RECONTACT: "asked the same {days} before",
    Because.REST: "asked something else {days} before",
    Because.ACCOUNT: "two others of their company were asked that week",
    Because.TOO_SHORT: "there was one message only",
    Because.NO_STAFF_REPLY: "nobody of the team had answered there",
    Because.OTHER_CASE: "another case of theirs was open",
    "paused": "the survey was paused",
    BY_ITSELF: "that question comes by itself",
    CONFIDENTIAL: "a workflow asks nothing that is confidential",
    PASSED_OVER: "the check-in would have come more than two weeks late",
    HALTED: "all asking was stopped",
}


def why_asked(why: Why) -> Message:
    title = say.mrkdwn("Asking {name}", name=bold(isolated(why.person.name)))
    now = Mrkdwn("\n".join(_now(each) for each in why.now))
    blocks = [section(title), section(now), *_past(why)]
    return Message(Mrkdwn(f"{title}\n{now}"), blocks)


def _now(each: Now) -> Mrkdwn:
    says = sentence(each.against, say) if each.against else say.mrkdwn("They can be asked now.")
    return say.mrkdwn("{survey}: {says}", survey=bold(each.survey.name), says=says)


def _past(why: Why) -> list[Block]:
    if not why.past:
        return [context(say.mrkdwn("Nobody has wanted to ask them before."))]
    return [section(Mrkdwn("\n".join(_decision(each, why) for each in why.past)))]


def _decision(decision: Invitation | Withholding, why: Why) -> Mrkdwn:
    what = _asked(decision) if isinstance(decision, Invitation) else _withheld(decision)
    return say.mrkdwn(
        "{day} · {survey} · {what}",
        day=day(decided_at(decision)),
        survey=why.survey_names.get(decision.survey_id, "?"),
        what=what,
    )


def _asked(invitation: Invitation) -> Mrkdwn:
    if invitation.occasion.startswith(INTERVIEW):
        who = mention(invitation.asked_by) if invitation.asked_by else say("a colleague")
        return say.mrkdwn("told {who} a score in a review meeting", who=who)
    state = InvitationState(invitation.state)
    told = say.mrkdwn("asked in confidence" if is_confidential(invitation) and state in LEFT else BECAME[state])
    by = say.mrkdwn("{told} (by {who})", told=told, who=mention(invitation.asked_by)) if invitation.asked_by else told
    if invitation.is_at_any_hour:
        by = say.mrkdwn("{told}, outside their working hours", told=by)
    return say.mrkdwn("{told}, although the rules said no", told=by) if invitation.was_overruled else by


def _withheld(withholding: Withholding) -> Mrkdwn:
    days = say.many("{n} day", "{n} days", withholding.days_ago or 0)
    because = say.mrkdwn(BECAUSE[withholding.because], days=days)
    told = say.mrkdwn("not asked: {because}", because=because)
    if withholding.until is None:
        return told
    return say.mrkdwn("{told}; possible from {day}", told=told, day=day(withholding.until))
