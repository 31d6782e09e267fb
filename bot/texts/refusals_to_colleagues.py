"""The refusals colleagues read: who may do what, who cannot be asked, and what to type instead. English."""

import re
from collections.abc import Callable
from typing import Any

from bot import errors
from bot.rules.permissions import Permission
from bot.rules.recontact import Because
from bot.texts.markup import Mrkdwn, channel, day, mention, moment
from bot.texts.refused_inputs import INPUT
from bot.texts.speakers import Speaker

MENTIONED = re.compile(r"<([@#])[A-Z0-9]+\|([^<>|]+)>")
WANTED = {
    Permission.CONFIGURE: "set up surveys",
    Permission.HALT: "stop or start asking",
    Permission.APPOINT: "choose who manages surveys or who is staff",
}


def _not_allowed(refusal: errors.NotAllowed, say: Speaker) -> Mrkdwn:
    wanted = WANTED.get(Permission(refusal.wanted), "do that")
    if not refusal.who_can:
        return say.mrkdwn("You may not {wanted}. A workspace admin can.", wanted=wanted)
    people = Mrkdwn(", ".join(mention(user) for user in refusal.who_can[:5]))
    return say.mrkdwn("You may not {wanted}. Ask one of {people}, or a workspace admin.", wanted=wanted, people=people)


def _not_understood(refusal: errors.NotUnderstood, say: Speaker) -> Mrkdwn:
    word, nearest = _as_typed(refusal.word), _as_typed(refusal.nearest or "")
    if nearest:
        return say.mrkdwn("I do not understand `{word}`. Did you mean `/nps {nearest}`?", word=word, nearest=nearest)
    return say.mrkdwn("I do not understand `{word}`.", word=word)


def _as_typed(words: str) -> str:
    """Between backticks Slack shows no mention, but what it made of one."""
    return MENTIONED.sub(r"\1\2", words)


def _not_comparable(refusal: errors.NotComparable, say: Speaker) -> Mrkdwn:
    reasons = {
        "sides": "Two sides, please: `/nps compare enterprise vs small`, `/nps compare this quarter vs last quarter` "
        "or `/nps compare before 2026-03-01`.",
        "shared": "Some answers are on both sides, so a difference would say little. Choose two segments, owners or "
        "periods that have nothing in common.",
        "kinds": "These are answers to two different questions, so a difference would mean nothing.",
    }
    return say.mrkdwn(reasons[refusal.because])


def _not_yours(_: errors.NotYours, say: Speaker) -> Mrkdwn:
    return say.mrkdwn(
        "The answers to what a colleague asked are for that colleague. `agent:me` shows yours, and `/nps by agent` "
        "everybody's from 30 answers on."
    )


def _too_much_wanted(_: errors.TooMuchWanted, say: Speaker) -> Mrkdwn:
    return say.mrkdwn("These are more filters than I can keep in mind. Please leave some out.")


def _person_unknown(refusal: errors.PersonUnknown, say: Speaker) -> Mrkdwn:
    pick = "Type @ and choose them from the list, or use *Ask for NPS* on one of their messages."
    reasons = {
        "unknown": "Slack does not know {name}.",
        "email": "Nobody here has the address {name}.",
        "email_scope": "I may not look people up by e-mail (scope users:read.email), so I cannot find {name}.",
        "handle": "I find nobody called {name}.",
        "several": "More than one person is called {name}.",
        "channel": "{name} is not in that channel, so they would not see the question.",
    }
    return Mrkdwn(f"{say.mrkdwn(reasons[refusal.because], name=refusal.name)} {pick}")


def _survey_unknown(refusal: errors.SurveyUnknown, say: Speaker) -> Mrkdwn:
    if not refusal.known:
        return say.mrkdwn("That survey is no longer there.")
    known = ", ".join(refusal.known)
    return say.mrkdwn("There is no survey called {name}. There are: {known}.", name=refusal.name, known=known)


def _place_refused(refusal: errors.PlaceRefused, say: Speaker) -> Mrkdwn:
    where = channel(refusal.channel_id) if refusal.channel_id else "that channel"
    reasons = {
        "not_in_channel": "I am not in {where}. Type `/invite` there and choose me, then try again.",
        "archived": "{where} is archived, so nobody can be asked there.",
        "shared": "{where} is shared with another company. Alerts show what customers say; choose one of your own.",
        "gone": "That message is no longer there.",
        "no_channel": "Neither the route nor its survey has a channel yet. Choose one first.",
        "direct": "I cannot ask in a conversation I am not part of. Leave the link out to ask by direct message.",
    }
    told = say.mrkdwn(reasons[refusal.because], where=where)
    return Mrkdwn(told[:1].upper() + told[1:])


def _step_refused(refusal: errors.StepRefused, say: Speaker) -> Mrkdwn:
    reasons = {
        "no_person": "The step does not say whom to ask: choose a person in its settings.",
        "no_message": "The thread of the step is neither a link to a message nor its timestamp with a channel.",
        "elsewhere": "This step asks in the workspace the bot works in. This workflow runs in another one.",
    }
    return say.mrkdwn(reasons[refusal.because])


def _route_gone(_: errors.RouteGone, say: Speaker) -> Mrkdwn:
    return say.mrkdwn("That route is no longer there. `/nps routes` shows those there are.")


def _theme_gone(_: errors.ThemeGone, say: Speaker) -> Mrkdwn:
    return say.mrkdwn("That theme is no longer there. `/nps themes` shows those there are.")


def _comment_gone(_: errors.CommentGone, say: Speaker) -> Mrkdwn:
    return say.mrkdwn("That comment is no longer there.")


def _channel_chosen(_: errors.ChannelChosen, say: Speaker) -> Mrkdwn:
    return say.mrkdwn("Alerts have a channel already. `/nps surveys` shows it, and changes it.")


def _nobody_to_ask(refusal: errors.NobodyToAsk, say: Speaker) -> Mrkdwn:
    instead = "Put the emoji on a message of the customer's, or use *Ask for NPS* in its menu."
    reasons = {
        "no_customer": "Your emoji asks nobody: neither that message nor the first one of its thread is by a customer.",
        "no_history": "Your emoji asks nobody: that message is not a customer's, and I may not look who began the "
        "thread (scopes channels:history, groups:history).",
    }
    return Mrkdwn(f"{say.mrkdwn(reasons[refusal.because])} {instead}")


def _withheld(refusal: errors.Withheld, say: Speaker) -> Mrkdwn:
    asked = say.many("They were asked {n} day ago.", "They were asked {n} days ago.", refusal.days_ago or 0)
    again = say.mrkdwn("again from {day}", day=day(refusal.until)) if refusal.until else "again later"
    reasons = {
        Because.BOT: "That is a bot. Bots have no opinion I could keep.",
        Because.DEACTIVATED: "That account is deactivated.",
        Because.STRANGER: "I share no channel with them, so Slack does not let me write to them.",
        Because.ONESELF: "To see the card yourself, type `/nps try`.",
        Because.STAFF: "They are staff, and staff are not asked as customers. `/nps ask` asks them all the same.",
        Because.OPTED_OUT: "They asked not to be asked again. Only they can undo that.",
        Because.WAITING: "A question to them is already on its way.",
        Because.INCIDENT: "Something is broken for their company just now. `/nps calendar` ends the incident.",
        Because.BLACKOUT: "Nobody is asked on these days. You can ask {again}; `/nps calendar` changes that.",
        Because.FLOOR: "They were asked within the last 24 hours. Nobody is asked twice in a day.",
        Because.DECLINED: "They declined a question lately. You can ask {again}.",
        Because.RECONTACT: "{asked} You can ask the same question {again}.",
        Because.REST: "{asked} You can ask {again}.",
        Because.ACCOUNT: "Two people of their company were asked within a week. You can ask {again}.",
        Because.TOO_SHORT: "There is one message only, and nobody has answered it yet.",
        Because.NO_STAFF_REPLY: "Nobody of your team has written in that thread yet.",
        Because.OTHER_CASE: "Another case of theirs is still open.",
        "by_itself": "How somebody feels now is asked by itself, after somebody has looked after their answer.",
        "confidential": "That survey is confidential, so no workflow may be handed its answers.",
        "paused": "That survey is paused. `/nps surveys` starts it again.",
    }
    told = say.mrkdwn(reasons[refusal.because], asked=asked, again=again)
    doubled = "Their last questions stayed unanswered, so the wait is twice as long."
    return Mrkdwn(f"{told} {say.mrkdwn(doubled)}") if refusal.is_doubled else told


def _halted(refusal: errors.Halted, say: Speaker) -> Mrkdwn:
    who = mention(refusal.by) if refusal.by else "somebody"
    return say.mrkdwn(
        "Asking is stopped, by {who}, {when}. `/nps start` asks again.", who=who, when=moment(refusal.since)
    )


def _reply_unwanted(_: errors.ReplyUnwanted, say: Speaker) -> Mrkdwn:
    return say.mrkdwn(
        "They asked to be left alone and did not wish for a reply, so I do not write to them. "
        "If you know another way that they would welcome, take that one."
    )


def _taken_already(refusal: errors.TakenAlready, say: Speaker) -> Mrkdwn:
    if not refusal.by:
        return say.mrkdwn("Somebody was faster: this is open again.")
    done = {"claimed": "{who} was faster and takes care of it.", "resolved": "{who} has resolved it already."}
    return say.mrkdwn(done.get(refusal.state, "{who} was faster."), who=mention(refusal.by))


def _input_refused(refusal: errors.InputRefused, say: Speaker) -> Mrkdwn:
    return say.mrkdwn(INPUT[refusal.because])


def _scope_missing(refusal: errors.ScopeMissing, say: Speaker) -> Mrkdwn:
    return say.mrkdwn(
        "I may not upload files here: the scope `{scope}` is missing. Whoever may install apps in this workspace can "
        "add it, by installing me again with all scopes of the manifest.",
        scope=refusal.scope,
    )


TO_COLLEAGUES: dict[type[errors.Refusal], Callable[[Any, Speaker], Mrkdwn]] = {
    errors.NotAllowed: _not_allowed,
    errors.NotUnderstood: _not_understood,
    errors.NotComparable: _not_comparable,
    errors.NotYours: _not_yours,
    errors.TooMuchWanted: _too_much_wanted,
    errors.PersonUnknown: _person_unknown,
    errors.SurveyUnknown: _survey_unknown,
    errors.PlaceRefused: _place_refused,
    errors.StepRefused: _step_refused,
    errors.RouteGone: _route_gone,
    errors.ThemeGone: _theme_gone,
    errors.CommentGone: _comment_gone,
    errors.ChannelChosen: _channel_chosen,
    errors.NobodyToAsk: _nobody_to_ask,
    errors.Withheld: _withheld,
    errors.Halted: _halted,
    errors.ReplyUnwanted: _reply_unwanted,
    errors.ScopeMissing: _scope_missing,
    errors.TakenAlready: _taken_already,
    errors.InputRefused: _input_refused,
}
