"""Bolt gives a listener what its parameters are called; for a name it does not know it gives None and goes on."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.slack import listeners

OURS = {"desk"}  # what our middleware adds


def registered() -> list[Callable[..., Any]]:
    """Everything an app of ours listens with, as Bolt keeps it."""

    async def authorize() -> AuthorizeResult:
        raise AssertionError("nobody asks")

    app = AsyncApp(signing_secret="secret", authorize=authorize)
    listeners.register(app)
    return [listener.ack_function for listener in app._async_listeners]


LISTENERS = registered()
every_listener = pytest.mark.parametrize("listener", LISTENERS, ids=lambda listener: listener.__qualname__)


def test_everything_in_the_tables_is_registered():
    tables = (listeners.ACTIONS, listeners.VIEWS, listeners.EVENTS, listeners.FUNCTIONS)
    assert {listener for table in tables for listener in table.values()} <= set(LISTENERS)


@every_listener
def test_a_listener_has_only_parameters_somebody_fills(listener):
    known = set(AsyncArgs.__annotations__) | OURS
    assert set(inspect.signature(listener).parameters) <= known


@every_listener
def test_a_listener_is_awaited(listener):
    assert inspect.iscoroutinefunction(listener)


@pytest.mark.parametrize(
    "listener",
    [each for each in LISTENERS if each not in (*listeners.EVENTS.values(), *listeners.FUNCTIONS.values())],
    ids=lambda each: each.__qualname__,
)
def test_a_listener_to_people_acknowledges(listener):
    assert "ack" in inspect.signature(listener).parameters
