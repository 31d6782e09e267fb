"""A few words to a colleague: every obstacle, and everything else that is told without being asked."""

from datetime import timedelta

from bot.cli.sample_facts import CHANNEL, COLLEAGUE, URL, card_facts
from bot.rules.retry import Obstacle
from bot.slack.blocks import notices
from tests.gallery.documents import NOW, States


def states() -> States:
    facts = card_facts(NOW, is_shared=True)
    for obstacle in Obstacle:
        name = obstacle.value.replace("_", "-")
        yield f"obstacle-{name}", notices.obstacle(obstacle, CHANNEL)
        yield f"ask-waits-{name}", notices.ask_waits(facts.contact, obstacle, CHANNEL)
    for topic in notices.ABOUT_ASK:
        yield f"notice-{topic.replace('_', '-')}", notices.about_ask(topic, facts.contact, facts.invitation.permalink)
    yield "notice-ask-rests", notices.ask_rests(facts.contact, NOW + timedelta(days=1))
    yield "notice-ask-rests-some-time", notices.ask_rests(facts.contact, None)
    yield "notice-right-person", notices.right_person(facts.contact, COLLEAGUE, "{}")
    yield "notice-handed-over", notices.handed_over(facts.contact, 2, f"{URL}archives/{CHANNEL}/p1763719100000001")
    yield "notice-said-more", notices.said_more(facts.contact, 2, f"{URL}archives/{CHANNEL}/p1763719100000001")
    yield "notice-new-manager", notices.new_manager(COLLEAGUE, CHANNEL)
