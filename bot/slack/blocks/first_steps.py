"""First steps: the first message to an admin, and the same three steps in Home until they are done."""

from bot.services.first_steps import FirstSteps
from bot.slack import wire
from bot.slack.blocks.kit import Block, Message, button, channel_menu, context, section
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, channel

DONE = ":white_check_mark:"
say = speaker("en")


def welcome(steps: FirstSteps, company: str) -> Message:
    """What the first admin reads first, by direct message."""
    text = say.mrkdwn(
        "{hello}\nI ask your customers how likely they are to recommend {company}, in the conversation you have with "
        "them anyway, and tell your team at once when somebody is unhappy. Three steps, and you are live:",
        hello=bold(say("Hello, I am ready.")),
        company=company,
    )
    later = say.mrkdwn("My Home tab keeps these steps. Stuck? `/nps help` lists everything I understand.")
    return Message(text, [section(text), *step_blocks(steps), context(later)])


def step_blocks(steps: FirstSteps) -> list[Block]:
    return [_alert_channel(steps), _rehearse(steps), _ask(steps), _schedule(steps)]


def _alert_channel(steps: FirstSteps) -> Block:
    if steps.alert_channel_id is not None:
        where = channel(steps.alert_channel_id)
        return section(say.mrkdwn("{done} Unhappy answers go to {channel}.", done=DONE, channel=where))
    text = _step(1, say("Give unhappy answers a place."), say("A channel of your own team: no customers in it."))
    menu = channel_menu(wire.FIRST_CHANNEL, hint=say("Choose a channel"))
    return section(text, menu, block_id="first_channel")


def _rehearse(steps: FirstSteps) -> Block:
    if steps.has_rehearsed:
        return section(say.mrkdwn("{done} You have seen what a customer sees.", done=DONE))
    text = _step(2, say("Rehearse on yourself."), say("You get the card as a customer does; nothing is counted."))
    return section(text, button(say("Send me the card"), wire.REHEARSE, "rehearse"))


def _ask(steps: FirstSteps) -> Block:
    if steps.has_asked:
        return section(say.mrkdwn("{done} The first customer was asked.", done=DONE))
    where = say.mrkdwn("Somebody you have just helped. In a thread: *Ask for NPS* in the menu of any message.")
    text = _step(3, say("Ask your first customer."), where)
    return section(text, button(say("Ask somebody"), wire.ASK_SOMEBODY, "ask"))


def _schedule(steps: FirstSteps) -> Block:
    """Not one of the three: it can wait."""
    if steps.has_scheduled:
        return section(say.mrkdwn("{done} I ask by myself, a few people a day.", done=DONE))
    why = say("Everybody once a quarter, a few people a day. You see who would be asked before it starts.")
    text = say.mrkdwn("{what}\n{why}", what=bold(say("Later: ask by itself.")), why=why)
    return section(text, button(say("Schedule"), wire.SHOW_SCHEDULES, "schedules"))


def _step(number: int, what: str, why: str) -> Mrkdwn:
    return say.mrkdwn("{what}\n{why}", what=bold(f"{number}. {what}"), why=why)
