"""A reply to a customer: worded, previewed, read in every language, answered; and news of it."""

from dataclasses import replace

from bot.cli.sample_facts import CHANNEL, URL, alert_facts, card_facts, response
from bot.rules.replying import Way
from bot.rules.retry import Obstacle
from bot.services.replies import Exchange
from bot.slack.blocks import replying
from bot.slack.blocks.replies import Reply, direct_reply, reply_in_thread, write_back_modal, written_back
from bot.texts import LANGUAGES
from tests.gallery.documents import NOW, Narrow, States
from tests.gallery.states.cards import changed
from tests.gallery.states.people import NAMES

WORDS = (
    "Hello Ana, I am sorry about the exports. We raised the time-out this morning; "
    "https://northwind.example/exports says how to start one again.\n\nDoes it work for you now?"
)
ALERT = f"{URL}archives/{CHANNEL}/p1763719100000001"


def states() -> States:
    for language in LANGUAGES:
        private, shared = _reply(language=language), _reply(language=language, is_shared=True)
        yield f"reply-direct-{language}", direct_reply(private)
        yield f"reply-in-thread-{language}", reply_in_thread(shared)
        unread = replace(private, facts=replace(private.facts, takes_typed=False))
        yield f"reply-direct-by-button-{language}", direct_reply(unread)
        yield f"write-back-{language}", write_back_modal(private.facts, 1)
        yield f"written-back-{language}", written_back(private.facts)
    yield from _by_colleagues()
    yield from _odd()


def _by_colleagues() -> States:
    follow_up = alert_facts(NOW, state="open").follow_up
    private, shared = _reply(), _reply(is_shared=True)
    for place, reply in {"dm": private, "thread": shared}.items():
        yield f"reply-modal-{place}", replying.reply_modal(Exchange(follow_up, reply.facts, response(NOW)))
    rehearsed = replace(follow_up, is_rehearsal=True)
    facts = changed(private.facts, is_rehearsal=True)
    yield "reply-modal-rehearsal", replying.reply_modal(Exchange(rehearsed, facts, response(NOW)))
    yield "reply-preview-direct", replying.reply_preview(private, Way.DIRECT)
    yield "reply-preview-either", replying.reply_preview(shared, Way.EITHER)
    contact = private.facts.contact
    yield "reply-failed", replying.reply_failed(contact, ALERT)
    yield "reply-unwelcome", replying.reply_unwelcome(contact, ALERT)
    yield "reply-uncertain", replying.reply_uncertain(contact, ALERT)
    yield "wrote-back", replying.wrote_back(contact, ALERT)
    for obstacle in (Obstacle.NOT_IN_CHANNEL, Obstacle.MESSAGES_TAB, Obstacle.SCOPE_MISSING):
        yield f"reply-waits-{obstacle.value.replace('_', '-')}", replying.reply_waits(contact, obstacle, CHANNEL)


def _odd() -> States:
    yield "reply-direct-narrow", Narrow(direct_reply(_reply()))
    yield "reply-direct-rehearsal", direct_reply(replace(_reply(), facts=changed(_reply().facts, is_rehearsal=True)))
    yield "reply-direct-no-comment", direct_reply(_reply(comment=None))
    for which, name in NAMES.items():
        yield f"reply-direct-{which}", direct_reply(replace(_reply(), signature=name))
        yield f"reply-in-thread-{which}", reply_in_thread(replace(_reply(is_shared=True, name=name), signature=name))


def _reply(**facts: object) -> Reply:
    return Reply(card_facts(NOW, state="answered", **facts), 1, WORDS, "Bo Lind")
