"""The wire, inward, continued: what was picked from menus, as frozen values."""

from dataclasses import dataclass

from bot.slack.contexts import RouteAct
from bot.slack.payloads import click, row_id
from bot.slack.shapes import Payload, reads
from bot.slack.wire import MOVE_FROM, OF_COMMENT, YES


@dataclass(frozen=True)
class WorkPicked:
    """What somebody wants to do with a follow-up, from its menu."""

    what: str
    follow_up_id: int


@dataclass(frozen=True)
class RouteChoice:
    """What somebody wants to do with a route. `source` names this very wish."""

    act: RouteAct
    id: int
    source: str


@dataclass(frozen=True)
class ChannelMove:
    """Another channel for alerts that go to the old one."""

    old: str
    new: str


@dataclass(frozen=True)
class WordLearnt:
    """A suggested word, and the theme somebody wants it in."""

    theme: str
    language: str
    word: str


@dataclass(frozen=True)
class Correction:
    """What somebody says a comment is about, or not. `words`: of what they were shown."""

    response_id: int
    theme: str
    is_about: bool
    words: str


@reads
def work_picked(body: Payload) -> WorkPicked:
    what, _, follow_up_id = click(body).value.partition(":")
    return WorkPicked(what, row_id(follow_up_id))


@reads
def route_choice(body: Payload) -> RouteChoice:
    pressed = click(body)
    act, _, route_id = pressed.value.partition(":")
    return RouteChoice(RouteAct(act), row_id(route_id), pressed.source)


@reads
def channel_move(body: Payload) -> ChannelMove:
    pressed = click(body)
    return ChannelMove(old=pressed.block_id.removeprefix(MOVE_FROM), new=pressed.value)


@reads
def word_learnt(body: Payload) -> WordLearnt:
    theme, language, word = click(body).value.split(":", 2)
    return WordLearnt(theme, language, word)


@reads
def correction(body: Payload) -> Correction:
    pressed = click(body)
    response_id, _, words = pressed.block_id.removeprefix(OF_COMMENT).partition(" ")
    about, _, theme = pressed.value.partition(":")
    return Correction(row_id(response_id), theme, about == YES, words)
