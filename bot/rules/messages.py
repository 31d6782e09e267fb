"""What kinds of messages leave, and what kinds have in common."""

from enum import StrEnum


class DeliveryKind(StrEnum):
    ASK = "ask"
    REMINDER = "reminder"  # the same question once more
    CARD = "card"  # redraw the card of an ask
    ALERT = "alert"
    ALERT_CARD = "alert_card"  # redraw an alert
    LINE = "line"  # what was done, in the thread of an alert; the topic is the step's id
    NUDGE = "nudge"  # a reminder in the thread of an alert
    ESCALATION = "escalation"  # nobody replied for a working day
    ROUTE_TEST = "route_test"  # a test of a route, where it sends; the topic is its id, and who tests it
    REPLY = "reply"  # a colleague's words to a customer; the topic is the step's id and the way
    NOTICE = "notice"  # a few words to a colleague, by DM
    REMOVAL = "removal"  # take a message of an erased person out of Slack
    DIGEST = "digest"  # the topic is the edition's id, here and below
    DIGEST_CARD = "digest_card"  # redraw a digest
    FALL_ALERT = "fall_alert"  # the topic: which fall, for which digest
    FAVOUR = "favour"  # what a happy customer did for us; the topic is the favour's id
    FAVOUR_CARD = "favour_card"  # redraw it
    STEP = "step"  # tell a workflow what became of its question; the topic is the step's id


DIGESTS = frozenset({DeliveryKind.DIGEST, DeliveryKind.DIGEST_CARD, DeliveryKind.FALL_ALERT})
BESIDE = frozenset({DeliveryKind.LINE, DeliveryKind.NUDGE, DeliveryKind.ESCALATION})  # messages about an alert
# Nothing for outsiders: before each one leaves, make sure that none of them reads along.
FAVOURS = frozenset({DeliveryKind.FAVOUR, DeliveryKind.FAVOUR_CARD})
TO_THE_TEAM = BESIDE | DIGESTS | FAVOURS | {DeliveryKind.ALERT, DeliveryKind.ALERT_CARD, DeliveryKind.ROUTE_TEST}
QUESTIONS = frozenset({DeliveryKind.ASK, DeliveryKind.REMINDER})
TO_CUSTOMERS = QUESTIONS | {DeliveryKind.REPLY}  # in doubt whether one left, it is not sent again

DRAWINGS = frozenset(
    {DeliveryKind.CARD, DeliveryKind.ALERT_CARD, DeliveryKind.DIGEST_CARD, DeliveryKind.FAVOUR_CARD}
    | {DeliveryKind.REMOVAL}
)
# Nothing else knows where these stand.
KNOWN_BY_THEMSELVES = frozenset({DeliveryKind.NOTICE, DeliveryKind.FALL_ALERT, DeliveryKind.ROUTE_TEST})
