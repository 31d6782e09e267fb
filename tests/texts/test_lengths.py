"""Slack cuts or refuses what is too long, so every label fits as it is, in every language."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.cli.samples import sample_messages, sample_views

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LIMITS = {
    "title": 24,
    "submit": 24,
    "close": 24,
    "text": 75,  # of a button or an option
    "accessibility_label": 75,
    "placeholder": 150,
    "label": 2000,
    "hint": 2000,
    "sure.title": 100,  # where Slack asks whether somebody is sure
    "sure.text": 300,
    "sure.confirm": 30,
    "sure.deny": 30,
}


def labels(piece: Any) -> Iterator[tuple[str, str]]:
    """Every plain text in messages or modals, with the field it stands in."""
    if isinstance(piece, list):
        for each in piece:
            yield from labels(each)
    elif isinstance(piece, dict):
        for name, value in piece.items():
            if isinstance(value, dict) and value.get("type") == "plain_text":
                yield name, value["text"]
            elif name == "accessibility_label":
                yield name, value
            elif name == "confirm":
                yield from ((f"sure.{part}", said) for part, said in labels(value))
            else:
                yield from labels(value)


@pytest.fixture(scope="module")
def drawn() -> set[tuple[str, str]]:
    messages = [list(message.blocks) for message in sample_messages(NOW)]
    return set(labels([*messages, *sample_views(NOW)]))


def test_the_samples_have_every_kind_of_label(drawn: set[tuple[str, str]]):
    assert {name for name, _ in drawn} == set(LIMITS)


def test_every_label_fits_where_slack_shows_it(drawn: set[tuple[str, str]]):
    assert [(name, label) for name, label in drawn if not 0 < len(label) <= LIMITS[name]] == []


def test_no_label_had_to_be_cut_to_fit(drawn: set[tuple[str, str]]):
    assert [label for _, label in drawn if label.endswith("…")] == []
