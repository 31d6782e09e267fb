"""`/nps webhooks`: which programs hear what happened, how they fare, and what was sent to each."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.rules.webhooks import Trouble, WebhookEvent
from bot.services.webhook_endpoints import LONGEST_NAME, LONGEST_URL, MOST, News, Off, host_of
from bot.services.webhooks import Tried
from bot.slack import contexts, wire
from bot.slack.blocks.kit import (
    Block,
    Element,
    Message,
    View,
    actions,
    boxes,
    button,
    context,
    dangerous,
    field,
    modal,
    section,
    typed,
)
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, moment
from storage.models import WebhookEndpoint

say = speaker("en")
WHAT = {
    WebhookEvent.RESPONSE_RECORDED: "somebody answered",
    WebhookEvent.RESPONSE_CHANGED: "an answer was changed, or got a comment",
    WebhookEvent.FOLLOW_UP_OPENED: "an answer needs somebody",
    WebhookEvent.FOLLOW_UP_CLAIMED: "a colleague takes care of it",
    WebhookEvent.FOLLOW_UP_RESOLVED: "it has been taken care of",
    WebhookEvent.CONTACT_OPTED_OUT: "somebody is not to be asked again",
    WebhookEvent.CONTACT_ERASED: "somebody was erased",
}
TROUBLE = {
    Trouble.TIMEOUT: "no answer within 15 seconds",
    Trouble.UNREACHABLE: "could not be reached",
    Trouble.PRIVATE: "its name leads into an inner network",
    Trouble.UNSAFE: "no safe connection: the certificate is not right, or it is not https",
    Trouble.FAILED: "failed on my side",
}
NEWS = {
    News.GIVEN_UP: "The webhook {name} ({host}) has not taken a message for a day, so I gave that one up. "
    "I still try the others. The log shows what went wrong, and sends it again.",
    News.GONE: "The webhook {name} ({host}) answered that it wants nothing any more (410), so I switched it off. "
    "`/nps webhooks` switches it on again.",
}


@dataclass(frozen=True)
class Listed:
    """An endpoint, and how many messages it is still owed."""

    endpoint: WebhookEndpoint
    waiting: int = 0


def webhook_list(listed: Sequence[Listed], *, lead: Mrkdwn | None = None) -> Message:
    title = say.mrkdwn("*Webhooks*") if listed else say.mrkdwn("No other program hears from me what happened.")
    lines = [_line(each) for each in listed]
    blocks = [section(each) for each in (lead, title) if each]
    for each, line in zip(listed, lines, strict=True):
        blocks += [section(line), _buttons(each.endpoint)]
    add = button(say("Add a webhook"), wire.ADD_WEBHOOK, "new")
    blocks += [] if len(listed) >= MOST else [actions(add)]
    return Message(Mrkdwn("\n".join(each for each in (lead, title, *lines) if each)), blocks)


def webhook_modal(opened: contexts.WebhookContext) -> View:
    """All events are ticked: fewer is a choice."""
    options = [(event, f"{event}: {say(what)}") for event, what in WHAT.items()]
    https = say("It begins with https:// and is reached from wherever I run.")
    return modal(
        say("Add a webhook"),
        [
            section(say.mrkdwn("A program at this address hears what happens, with comments and Slack ids of people.")),
            field("name", say("Name"), typed(wire.VALUE, longest=LONGEST_NAME, hint=say("CRM"))),
            field("url", say("Address"), typed(wire.VALUE, longest=LONGEST_URL), hint=https),
            field("events", say("Tell it when"), boxes(wire.VALUE, options, chosen=list(WHAT))),
        ],
        callback_id=wire.WEBHOOK_MODAL,
        submit=say("Add"),
        close=say("Cancel"),
        metadata=contexts.pack(opened),
    )


def webhook_secret(endpoint: WebhookEndpoint, opened: contexts.WebhookContext, *, signs: int) -> View:
    """`signs`: how many secrets sign now."""
    until = endpoint.former_until
    former = say.mrkdwn("The secret before signs too until {when}.", when=moment(until)) if until else Mrkdwn("")
    return modal(
        say("Secret"),
        [
            section(
                say.mrkdwn("With this secret {name} verifies that a message is mine.", name=bold(endpoint.name)),
            ),
            section(say.mrkdwn("`{secret}`", secret=endpoint.secret)),
            context(say.mrkdwn("Keep it like a password. After a new one is made, this one signs too for 24 hours.")),
            *([context(former)] if signs > 1 else []),
        ],
        callback_id=wire.WEBHOOK_SECRET_MODAL,
        submit=say("Make a new one"),
        close=say("Close"),
        metadata=contexts.pack(opened),
    )


def webhook_log(endpoint: WebhookEndpoint, log: Sequence[Tried]) -> Message:
    title = say.mrkdwn("*What {name} was sent lately*", name=bold(endpoint.name).strip("*"))
    empty = say.mrkdwn("Nothing yet. *Send a test* tries it out.")
    lines = [_tried(each) for each in log]
    blocks = [section(title)]
    for each, line in zip(log, lines, strict=True):
        blocks.append(section(line, _again(each)))
    back = [
        button(say("Look again"), wire.WEBHOOK_LOG, str(endpoint.id)),
        button(say("All webhooks"), wire.SHOW_WEBHOOKS, "all"),
    ]
    blocks += [*([] if log else [section(empty)]), actions(*back)]
    return Message(Mrkdwn("\n".join([title, *(lines or [empty])])), blocks)


def webhook_news(news: News, endpoint: WebhookEndpoint) -> Message:
    """To whoever set it up."""
    text = say.mrkdwn(NEWS[news], name=bold(endpoint.name), host=host_of(endpoint))
    return Message(text, [section(text), actions(button(say("Show the log"), wire.WEBHOOK_LOG, str(endpoint.id)))])


def _line(each: Listed) -> Mrkdwn:
    endpoint = each.endpoint
    is_all = set(endpoint.events) >= set(WebhookEvent)
    events = say.mrkdwn("everything") if is_all else Mrkdwn(", ".join(f"`{event}`" for event in endpoint.events))
    line = say.mrkdwn(
        "{name} · {host}\nHears: {events}. {state}",
        name=bold(endpoint.name),
        host=host_of(endpoint),
        events=events,
        state=_state(endpoint),
    )
    waiting = say.many("{n} message waits.", "{n} messages wait.", each.waiting)
    return say.mrkdwn("{line} {waiting}", line=line, waiting=waiting) if each.waiting else line


def _state(endpoint: WebhookEndpoint) -> Mrkdwn:
    if endpoint.off_since is not None:
        texts = {
            Off.PAUSED: "Paused since {when}.",
            Off.GONE: "Off since {when}: it answered that it wants nothing any more (410).",
        }
        return say.mrkdwn(texts[Off(endpoint.off_because or Off.PAUSED)], when=moment(endpoint.off_since))
    if endpoint.failing_since is not None:
        return say.mrkdwn("In trouble: messages are given up since {when}.", when=moment(endpoint.failing_since))
    return say.mrkdwn("On.")


def _buttons(endpoint: WebhookEndpoint) -> Block:
    about = str(endpoint.id)
    is_on = endpoint.off_since is None
    turn = (say("Pause"), wire.PAUSE_WEBHOOK) if is_on else (say("Resume"), wire.RESUME_WEBHOOK)
    remove = dangerous(
        button(say("Remove"), wire.REMOVE_WEBHOOK, about),
        title=say("Remove this webhook?"),
        text=say("It hears nothing any more. What it was to hear still, and its log, are dropped."),
        yes=say("Remove"),
        no=say("Cancel"),
    )
    return actions(
        button(say("Log"), wire.WEBHOOK_LOG, about),
        *([button(say("Send a test"), wire.TEST_WEBHOOK, about)] if is_on else []),
        button(say("Secret"), wire.WEBHOOK_SECRET, about),
        button(*turn, about),
        remove,
    )


def _tried(each: Tried) -> Mrkdwn:
    return say.mrkdwn(
        "{when} · `{event}`: {came}{next}\n`{id}`",
        when=moment(each.attempt.at),
        event=each.message.type,
        came=_came(each),
        next=_next(each),
        id=each.message.event_id,
    )


def _came(each: Tried) -> Mrkdwn:
    attempt = each.attempt
    if attempt.status is not None:
        return say.mrkdwn("{status} after {ms} ms", status=attempt.status, ms=attempt.took_ms)
    trouble = TROUBLE[Trouble(attempt.because or Trouble.FAILED)]
    return say.mrkdwn("{trouble} ({ms} ms)", trouble=say.mrkdwn(trouble), ms=attempt.took_ms)


def _next(each: Tried) -> Mrkdwn:
    if not each.is_last or each.is_delivered:
        return Mrkdwn("")
    if each.is_over:
        return say.mrkdwn("; given up")
    return say.mrkdwn("; next try {when}", when=moment(each.message.due_at))


def _again(each: Tried) -> Element | None:
    """Only where nothing is owed any more."""
    can_be = each.is_last and each.is_over
    return button(say("Send again"), wire.SEND_AGAIN, str(each.message.id)) if can_be else None
