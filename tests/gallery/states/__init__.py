"""Every state of everything the bot shows, by name. A new room of `bot/slack/blocks` gets a module with `states`."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from tests.gallery.documents import document

MODULES = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
ROOMS = [module for module in MODULES if hasattr(module, "states")]


def every_document() -> list[dict[str, Any]]:
    return [document(name, shown) for room in ROOMS for name, shown in room.states()]
