"""
What Bolt's listeners want to be given, read once for all the bots of a test run: nearly every test starts a bot, and
Bolt reads the signature of everything it listens with anew.
"""

import inspect
from collections.abc import Callable
from functools import cache
from types import CodeType, FunctionType
from typing import Any

from slack_bolt.listener import async_listener
from slack_bolt.listener_matcher import builtins
from slack_bolt.util.utils import get_arg_names_of_callable


def share() -> None:
    """For every app that is made from now on."""
    async_listener.get_arg_names_of_callable = builtins.get_arg_names_of_callable = names


def names(of: Callable[..., Any]) -> list[str]:
    """As Bolt reads them."""
    plain = inspect.unwrap(of)
    return list(_names(plain.__code__)) if isinstance(plain, FunctionType) else get_arg_names_of_callable(of)


@cache
def _names(code: CodeType) -> tuple[str, ...]:
    return code.co_varnames[: code.co_argcount]
