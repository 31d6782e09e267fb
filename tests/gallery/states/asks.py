"""What the colleague who asks sees."""

from datetime import timedelta

from bot.cli.sample_facts import CHANNEL, THREAD, card_facts
from bot.errors import Withheld
from bot.rules.answering import InvitationState
from bot.rules.recontact import Because
from bot.services.invitations import TakenBack
from bot.slack.blocks import asks
from bot.slack.blocks.surveys import with_first_channel
from bot.slack.contexts import AskContext
from bot.texts import speaker
from bot.texts.refusals import sentence
from tests.gallery.documents import NOW, States, Whisper
from tests.gallery.states.cards import changed
from tests.gallery.states.surveys import a_survey

OUTCOMES = {
    "in-time": TakenBack(1, InvitationState.WITHDRAWN, had_left=False),
    "after-it-left": TakenBack(1, InvitationState.WITHDRAWN, had_left=True),
    "expired": TakenBack(1, InvitationState.EXPIRED, had_left=True),
    "failed": TakenBack(1, InvitationState.FAILED, had_left=False),
    "answered": TakenBack(1, InvitationState.ANSWERED, had_left=True),
}


def states() -> States:
    surveys = [a_survey("support"), a_survey("relationship")]
    yield "ask", asks.ask_modal(AskContext(CHANNEL, THREAD, author_id="U0ANA"), surveys, usual=surveys[0])
    yield "ask-nobody-chosen", asks.ask_modal(AskContext(CHANNEL, THREAD), surveys, usual=surveys[1])
    yield from _will_ask()
    for name, taken in OUTCOMES.items():
        yield f"taken-back-{name}", Whisper(asks.taken_back(card_facts(NOW).contact, taken))
    facts = card_facts(NOW, is_shared=True)
    yield "emoji-taken-away-after-it-left", Whisper(asks.has_left(facts.invitation, facts.contact))
    withheld = Withheld(Because.RECONTACT, NOW + timedelta(days=78), days_ago=12, may_be_overruled=True)
    unchecked = asks.unchecked(asks.will_ask(facts.invitation, facts.contact, now=NOW))
    yield "will-ask-unchecked", Whisper(unchecked)
    yield "asked-lately", Whisper(asks.asked_lately(sentence(withheld, speaker("en")), "{}"))


def _will_ask() -> States:
    in_thread, in_dm = card_facts(NOW, is_shared=True), changed(card_facts(NOW), permalink=None)
    soon = NOW + timedelta(days=8)
    for place, facts in {"thread": in_thread, "dm": in_dm}.items():
        yield f"will-ask-{place}-later", Whisper(asks.will_ask(facts.invitation, facts.contact, now=NOW))
        yield f"will-ask-{place}-now", Whisper(asks.will_ask(facts.invitation, facts.contact, now=soon))
    put_off = asks.will_ask(in_thread.invitation, in_thread.contact, now=NOW, is_put_off=True)
    yield "will-ask-after-hours", Whisper(put_off)
    rehearsal, gone = changed(in_dm, is_rehearsal=True), changed(in_dm, state=InvitationState.WITHDRAWN)
    yield "will-ask-rehearsal", Whisper(asks.will_ask(rehearsal.invitation, rehearsal.contact, now=NOW))
    yield "will-ask-taken-back", Whisper(asks.will_ask(gone.invitation, gone.contact, now=NOW))
    first = with_first_channel(asks.will_ask(in_dm.invitation, in_dm.contact, now=soon))
    yield "will-ask-first-channel", Whisper(first)
