"""How an account is, in words: its state, the parts it is made of, and what is not known."""

from collections.abc import Sequence

from bot.rules.health import Cap, Health, Part, State
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, escape

say = speaker("en")
MARKS = {State.RED: "🔴", State.UNKNOWN: "⚪", State.AMBER: "🟡", State.GREEN: "🟢"}
STATES = {State.RED: "red", State.UNKNOWN: "unknown", State.AMBER: "amber", State.GREEN: "green"}
PARTS = {
    Part.OUTCOMES: "solved",
    Part.SENTIMENT: "how they feel",
    Part.REVENUE: "revenue",
    Part.ENGAGEMENT: "answering",
}
MISSING = {
    Part.OUTCOMES: "whether things were solved",
    Part.SENTIMENT: "how they feel",
    Part.REVENUE: "what they paid a year ago",
    Part.ENGAGEMENT: "whether they answer",
}
CAPS = {
    Cap.UNHAPPY_WAITS: "an unhappy answer is not looked after yet",
    Cap.UNHAPPY_DECIDER: "somebody who decides is unhappy",
}


def state(health: Health) -> Mrkdwn:
    """Such as "🟡 amber, 67 of 100"."""
    mark, word = MARKS[health.state], say(STATES[health.state])
    if health.points is None:
        return say.mrkdwn("{mark} {state}", mark=mark, state=word)
    return say.mrkdwn("{mark} {state}, {points} of 100", mark=mark, state=word, points=health.points)


def parts(health: Health) -> Mrkdwn:
    """Such as "solved 75 · how they feel 37"; nothing where nothing is known."""
    return Mrkdwn(" · ".join(f"{say(PARTS[part])} {int(health.parts[part])}" for part in Part if part in health.parts))


def health_lines(health: Health) -> Sequence[Mrkdwn]:
    """As an account's own page has it."""
    told = [say.mrkdwn("{title} {state}", title=bold(say("Health:")), state=state(health))]
    if health.state is State.UNKNOWN:
        told.append(say.mrkdwn("Nobody there has said anything within 180 days, so nobody knows how they are."))
    if health.parts:
        told.append(parts(health))
    told += [say.mrkdwn("Held at 69, since {why}.", why=say(CAPS[cap])) for cap in health.caps]
    if health.missing:
        unknown = ", ".join(say(MISSING[part]) for part in health.missing)
        told.append(escape(say("Not known, and left out: {unknown}.", unknown=unknown)))
    return told
