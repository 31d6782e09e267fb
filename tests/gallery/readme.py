"""The few pictures the README shows, told as a story: a question, its private room, the alert, the number."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.cli.sample_facts import COLLEAGUE, URL, alert_facts, card_facts, response
from bot.cli.samples import report
from bot.rules.scoring import Tally
from bot.slack.blocks.follow_ups import alert_card
from bot.slack.blocks.invitations import card
from bot.slack.blocks.reports import overview
from bot.slack.blocks.responses import comment_modal
from tests.gallery.documents import BOT, NOW, Line, States, Whisper, document

PICTURES = Path("docs/pictures")
COLOURS = 128  # flat drawings: more are not seen


def states() -> States:
    asked = card_facts(NOW, is_shared=True)
    yield (
        "card",
        [
            Line("Bo Lind", "The export runs through again, Ana. Sorry for the wait!", at="10:31 AM"),
            Line("Ana Ruiz", "It does, thank you.", at="10:38 AM"),
            Line(BOT, card(asked)),
        ],
    )
    yield "comment", comment_modal(asked, response(NOW), response_url=None)
    yield "alert", alert_card(replace(alert_facts(NOW, state="open"), mentioned=COLLEAGUE))
    numbers = {"answers": Tally(24, 9, 7), "before": Tally(20, 8, 10), "after_support": Tally(5, 1, 2)}
    yield "nps", Whisper(overview(report(NOW, waiting=1, **numbers), workspace_url=URL))


def every_document() -> list[dict[str, Any]]:
    return [document(name, shown) for name, shown in states()]
