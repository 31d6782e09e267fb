"""Around an alert: the lines of its thread, the reminder that somebody waits, and what goes higher."""

from bot.rules.closing import ContactKind, Outcome, RootCause, Step
from bot.slack.blocks.customers import customer, customer_first
from bot.slack.blocks.follow_ups import OUTCOMES, ROOT_CAUSES, AlertFacts, person, within
from bot.slack.blocks.kit import Block, Message, actions, link_button, quote, section
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, mention, moment
from storage.models import Contact, FollowUpStep

say = speaker("en")
CONTACTED = {
    ContactKind.MESSAGE: "{who} wrote to {customer}.",
    ContactKind.EMAIL: "{who} sent {customer} an e-mail.",
    ContactKind.CALL: "{who} called {customer}.",
    ContactKind.MEETING: "{who} met {customer}.",
}
SENTENCES = {
    Step.CLAIMED: "{who} takes care of it.",
    Step.HANDED_OVER: "{who} handed it over to {to}.",
    Step.REPLIED: "{who} replied to {customer}:",
    Step.UNDELIVERED: "That reply did not reach {customer}.",
    Step.HEARD: "{customer} wrote back:",
    Step.SNOOZED: "{who} put it off until {until}.",
    Step.RESOLVED: "{who} resolved it: {outcome} ({cause}).",
    Step.REOPENED: "{who} opened it again.",
}


def line(step: FollowUpStep, contact: Contact | None) -> Message:
    """One thing that was done, with the note that came with it."""
    told = _told(step, contact)
    return Message(told, [section(told), *([quote(step.note)] if step.note else [])])


def nudge(facts: AlertFacts, to: str | None) -> Message:
    """`to`: whom it mentions."""
    whom, who = _addressed(to), customer(facts.contact) if to else customer_first(facts.contact)
    if facts.follow_up.contacted_at is not None or facts.follow_up.reply_due_at is None:
        return _plain(say.mrkdwn("{whom}this was put off until now.", whom=whom))
    text = say.mrkdwn(
        "{whom}{customer} waits for a first reply, due {when}.",
        whom=whom,
        customer=who,
        when=moment(facts.follow_up.reply_due_at),
    )
    return _plain(text)


def words_wait(facts: AlertFacts, to: str | None) -> Message:
    """The same about words of the customer that nobody has answered."""
    whom, who = _addressed(to), customer(facts.contact)
    return _plain(say.mrkdwn("{whom}{who} wrote back, and nobody has answered yet.", whom=whom, who=who))


def escalation(facts: AlertFacts, to: str | None, url: str | None) -> Message:
    """For those who look after the whole; `url`: where the alert stands."""
    text = say.mrkdwn(
        "Nobody has replied to {who}, who gave a {score}, since {when}. {owner}",
        who=bold(person(facts) if facts.contact else customer(None)),
        score=facts.response.score,
        when=moment(facts.follow_up.opened_at),
        owner=_owner(facts, to),
    )
    buttons = [actions(link_button(say("Open the alert"), url))] if url else []
    return Message(text, [section(text), *buttons])


def _told(step: FollowUpStep, contact: Contact | None) -> Mrkdwn:
    sentence = CONTACTED[ContactKind(step.how)] if step.how else SENTENCES[Step(step.what)]
    if step.what == Step.REOPENED and step.by is None:
        sentence = "{customer} says more, so it is open again."
    if step.what == Step.HEARD and step.to:
        sentence = "{to}, {customer} wrote back:"
    return say.mrkdwn(
        sentence,
        who=_colleague(step.by),
        customer=customer_first(contact) if sentence.startswith("{customer}") else customer(contact),
        to=_colleague(step.to),
        until=moment(step.until) if step.until else "",
        outcome=within(OUTCOMES[Outcome(step.outcome)]) if step.outcome else "",
        cause=within(ROOT_CAUSES[RootCause(step.root_cause)]) if step.root_cause else "",
    )


def _owner(facts: AlertFacts, to: str | None) -> Mrkdwn:
    if facts.follow_up.claimed_by:
        return say.mrkdwn("{person} has it.", person=mention(facts.follow_up.claimed_by))
    return say.mrkdwn("Nobody has taken it. {whom}", whom=mention(to) if to else "")


def _addressed(to: str | None) -> Mrkdwn:
    return Mrkdwn(f"{mention(to)}, " if to else "")


def _colleague(user_id: str | None) -> str:
    return mention(user_id) if user_id else say("a former colleague")


def _plain(text: Mrkdwn) -> Message:
    blocks: list[Block] = [section(text)]
    return Message(text, blocks)
