"""Everything our app may ask of Slack's Web API, by subject; a method that is not here is unknown to the fake."""

from . import app, conversations, ephemerals, files, history, messages, oauth, people, views
from .registry import METHODS

__all__ = ["METHODS", "app", "conversations", "ephemerals", "files", "history", "messages", "oauth", "people", "views"]
