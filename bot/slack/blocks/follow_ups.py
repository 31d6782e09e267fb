"""The alert: one live card per follow-up, for the team, redrawn whole whenever anything changes."""

from dataclasses import dataclass

from bot.rules.closing import FollowUpState, Outcome, RootCause
from bot.services.interviews import is_interview
from bot.services.surveys import SurveyKind
from bot.slack import wire
from bot.slack.blocks.accounts import AccountFacts, about_account
from bot.slack.blocks.customers import answered_at, one_customer_first
from bot.slack.blocks.interviews import told_in_meeting
from bot.slack.blocks.kit import (
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    link_button,
    overflow,
    quote,
    section,
)
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, isolated, mention, moment, shorten
from storage.models import Contact, FollowUp, Invitation, Response

SHOWN_COMMENT, LONGEST_NOTE, SPOKEN_COMMENT = 500, 1000, 200
say = speaker("en")

OUTCOMES = {
    Outcome.FIXED: "Fixed",
    Outcome.EXPLAINED: "Explained",
    Outcome.PLANNED: "Planned",
    Outcome.NO_ANSWER: "No answer from the customer",
    Outcome.NOTHING_TO_DO: "Nothing to do",
}
ROOT_CAUSES = {
    RootCause.PRODUCT: "Product",
    RootCause.PROCESS: "Process",
    RootCause.CAPACITY: "Capacity",
    RootCause.PERSON: "Person",
    RootCause.EXPECTATION: "Expectation",
    RootCause.OTHER: "Other",
}
MORE = {wire.HAND_OVER: "Hand over", wire.CONTACTED: "Log a contact", wire.SNOOZE: "Put off"}
SOLVED = {"yes": "yes", "partly": "partly", "no": "no"}


@dataclass(frozen=True)
class AlertFacts:
    """
    Everything an alert is drawn from. `survey_name` is as colleagues know it.

    `contact` None: the answer is confidential. Then nothing that leads to the person is here, nor drawn: the
    `invitation` tells where, when and by whom they were asked.
    """

    follow_up: FollowUp
    response: Response
    invitation: Invitation
    contact: Contact | None
    survey_name: str
    previous: Response | None = None
    account: AccountFacts | None = None
    mentioned: str | None = None  # a colleague or a user group, while nobody has it


def alert_card(facts: AlertFacts) -> Message:
    """What a colleague needs to decide who goes, in the order they need it."""
    head = headline(facts)
    comment = facts.response.comment
    blocks = [
        *_rehearsal(facts),
        section(head),
        *([quote(shorten(comment, SHOWN_COMMENT))] if comment else []),
        *_facts(facts),
        *about_account(facts.account, facts.response.answered_at.date()),
        *_state(facts),
        actions(*_buttons(facts), block_id=f"follow_up_{facts.follow_up.state}"),
    ]
    return Message(_spoken(facts), blocks)


def _spoken(facts: AlertFacts) -> Mrkdwn:
    """What a notification shows: who, how urgent, and what they wrote."""
    comment = facts.response.comment
    said = [say.mrkdwn('"{words}"', words=isolated(shorten(comment, SPOKEN_COMMENT)))] if comment else []
    return Mrkdwn(" · ".join([headline(facts), *_urgent(facts), *said]))


def headline(facts: AlertFacts) -> Mrkdwn:
    is_transactional = facts.invitation.kind == SurveyKind.TRANSACTIONAL
    occasion = say("after {survey}", survey=facts.survey_name) if is_transactional else facts.survey_name
    if facts.invitation.occasion_label and facts.contact:
        occasion = say("{occasion} ({label})", occasion=occasion, label=isolated(facts.invitation.occasion_label))
    when = answered_at(facts.response)
    return say.mrkdwn("{who} · {occasion}, {when}", who=who(facts), occasion=occasion, when=when)


def who(facts: AlertFacts) -> Mrkdwn:
    score, first = facts.response.score, facts.follow_up.first_score
    told = bold(f"{person(facts)}: {score}")
    return told if score == first else say.mrkdwn("{who} (was {first})", who=told, first=first)


def person(facts: AlertFacts) -> str:
    """Who they are, and whose."""
    name = one_customer_first(facts.contact)
    return f"{name}, {isolated(facts.account.account.name)}" if facts.account else name


def _facts(facts: AlertFacts) -> list[Block]:
    response = facts.response
    told = _urgent(facts)
    if facts.previous:
        told.append(say.mrkdwn("Last time: {score}", score=facts.previous.score))
    if response.is_late and facts.contact:
        told.append(say.mrkdwn("Answered after the question had expired"))
    told += _source(facts) if facts.contact else [say.mrkdwn("Confidential: nobody here sees who it was")]
    return [context(Mrkdwn(" · ".join(told)))] if told else []


def _source(facts: AlertFacts) -> list[Mrkdwn]:
    """Who asked, or who was told to their face."""
    if is_interview(facts.response):
        return [told_in_meeting(facts.response)]
    asked_by = facts.invitation.asked_by
    return [say.mrkdwn("Asked by {person}", person=mention(asked_by))] if asked_by else []


def _urgent(facts: AlertFacts) -> list[Mrkdwn]:
    told = []
    if facts.response.solved:
        told.append(say.mrkdwn("Solved: {answer}", answer=SOLVED[facts.response.solved]))
    if facts.response.wants_reply:
        told.append(bold(say("Would like a reply")))
    return told


def _state(facts: AlertFacts) -> list[Block]:
    if facts.follow_up.state == FollowUpState.RESOLVED:
        return _resolved(facts.follow_up)
    told = [*_owner(facts.follow_up), *_clock(facts)]
    return [section(Mrkdwn(" ".join(told)))] if told else []


def _owner(follow_up: FollowUp) -> list[Mrkdwn]:
    if follow_up.claimed_by is None or follow_up.claimed_at is None:
        return []
    who, since = mention(follow_up.claimed_by), moment(follow_up.claimed_at)
    return [say.mrkdwn("{person} takes care of it, since {when}.", person=who, when=since)]


def _clock(facts: AlertFacts) -> list[Mrkdwn]:
    """When the person should hear from us, or did."""
    follow_up = facts.follow_up
    told = _first_reply(facts)
    if follow_up.snoozed_until is not None:
        told.append(say.mrkdwn("Put off until {when}.", when=moment(follow_up.snoozed_until)))
    if follow_up.escalated_at is not None:
        told.append(bold(say("Told higher up, since nobody had replied.")))
    return told


def _first_reply(facts: AlertFacts) -> list[Mrkdwn]:
    """Whose turn it is, until somebody takes it, and by when."""
    follow_up = facts.follow_up
    to = mention(facts.mentioned) if facts.mentioned and follow_up.state == FollowUpState.OPEN else None
    if follow_up.contacted_at is not None:
        return [say.mrkdwn("First reply {when}.", when=moment(follow_up.contacted_at))]
    if follow_up.reply_due_at is None:
        return [say.mrkdwn("{who}, for you to see.", who=to)] if to else []
    due = moment(follow_up.reply_due_at)
    if to:
        return [say.mrkdwn("{who}, first reply due {when}.", who=to, when=due)]
    return [say.mrkdwn("First reply due {when}.", when=due)]


def _resolved(follow_up: FollowUp) -> list[Block]:
    if follow_up.outcome == Outcome.CHANGED_MIND or follow_up.resolved_at is None:
        return [section(say.mrkdwn("Closed: the answer changed before anybody was told."))]
    ended = say.mrkdwn(
        "Resolved by {person}, {when}: {outcome} ({cause}).",
        person=mention(follow_up.resolved_by) if follow_up.resolved_by else say("a former colleague"),
        when=moment(follow_up.resolved_at),
        outcome=within(OUTCOMES[Outcome(follow_up.outcome)]) if follow_up.outcome else "",
        cause=within(ROOT_CAUSES[RootCause(follow_up.root_cause)]) if follow_up.root_cause else "",
    )
    return [section(ended), *([quote(follow_up.note)] if follow_up.note else [])]


def within(label: str) -> str:
    """A label inside a sentence."""
    return label[:1].lower() + label[1:]


def _buttons(facts: AlertFacts) -> list[Element]:
    """What comes next first: take it, reply, resolve."""
    about, state = str(facts.follow_up.id), FollowUpState(facts.follow_up.state)
    is_next = state is FollowUpState.CLAIMED
    is_answered = facts.follow_up.contacted_at is not None
    buttons = {
        FollowUpState.OPEN: [button(say("I'll take it"), wire.CLAIM, about, primary=True)],
        FollowUpState.CLAIMED: [],
        FollowUpState.RESOLVED: [button(say("Reopen"), wire.REOPEN, about)],
    }[state]
    buttons.append(button(say("Reply privately"), wire.REPLY_PRIVATELY, about, primary=is_next and not is_answered))
    if facts.invitation.permalink and facts.contact:
        buttons.append(link_button(say("Open conversation"), facts.invitation.permalink))
    if state is not FollowUpState.RESOLVED:
        buttons.append(button(say("Resolve"), wire.RESOLVE, about, primary=is_next and is_answered))
    if len(facts.response.comment or "") > SHOWN_COMMENT:
        buttons.append(button(say("Read all"), wire.READ_ALL, about))
    if state is not FollowUpState.RESOLVED:
        buttons.append(overflow(wire.MORE_WORK, [(f"{what}:{about}", say(label)) for what, label in MORE.items()]))
    return buttons


def _rehearsal(facts: AlertFacts) -> list[Block]:
    if not facts.follow_up.is_rehearsal:
        return []
    return [context(bold(say("Rehearsal: nobody is unhappy. Nothing here is counted.")))]
