"""The gallery shows everything, and nothing that Slack would refuse; the README's pictures are there."""

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from inspect import getmembers, isfunction
from pkgutil import iter_modules
from types import CodeType, FrameType
from typing import Any, get_type_hints

import pytest

from bot.slack import blocks
from bot.slack.blocks.kit import Message, View
from bot.texts.refusals import SENTENCES
from tests.conventions.source import ROOT
from tests.fake_slack.blocks import problems, view_problems
from tests.gallery import readme
from tests.gallery.index import THEMES
from tests.gallery.states import every_document
from tests.texts.test_refusals import REFUSALS

MOST_KILOBYTES = 700
DOCUMENTS = [*every_document(), *readme.every_document()]
WHAT_PEOPLE_SEE = [Message, View]


def builders() -> Iterator[Callable[..., Any]]:
    """Every function of `bot/slack/blocks` that others call for a message or a modal."""
    for room in iter_modules(blocks.__path__):
        module = import_module(f"{blocks.__name__}.{room.name}")
        for name, function in getmembers(module, isfunction):
            is_ours = function.__module__ == module.__name__ and room.name != "kit" and not name.startswith("_")
            if is_ours and get_type_hints(function).get("return") in WHAT_PEOPLE_SEE:
                yield function


@pytest.fixture(scope="module")
def called() -> set[CodeType]:
    """What runs while everything is drawn."""
    seen: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            seen.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        every_document()
    finally:
        sys.setprofile(before)
    return seen


@pytest.mark.parametrize(
    "builder", list(builders()), ids=lambda one: f"{one.__module__.rpartition('.')[2]}.{one.__name__}"
)
def test_every_message_and_modal_is_drawn_by_the_gallery(builder: Callable[..., Any], called: set[CodeType]):
    assert builder.__code__ in called, "add its states to tests/gallery/states"


def test_every_refusal_is_drawn_by_the_gallery():
    assert {type(each) for each in REFUSALS} == set(SENTENCES)


def test_every_name_is_given_once():
    names = [document["name"] for document in every_document()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: each["name"])
def test_slack_would_take_what_the_gallery_shows(document: dict[str, Any]):
    if document["type"] == "message":
        assert [problems(line["blocks"], "message") for line in document["lines"] if line["blocks"]]
        assert [each for line in document["lines"] for each in problems(line["blocks"], "message")] == []
    else:
        assert view_problems({key: value for key, value in document.items() if key != "name"}) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", [name for name, _ in readme.states()])
def test_the_readme_has_its_pictures(name: str, theme: str):
    assert (ROOT / readme.PICTURES / f"{name}-{theme}.png").is_file()


def test_the_pictures_are_small_enough_to_be_kept():
    sizes = [picture.stat().st_size for picture in (ROOT / readme.PICTURES).glob("*.png")]
    assert sum(sizes) < MOST_KILOBYTES * 1024
