"""A strict fake of Slack for tests: a server that refuses what Slack refuses, and people who click and type.

Start with `FakeSlack`; `problems` and `view_problems` check blocks on their own.
"""

from .blocks import problems, view_problems
from .fake import FakeSlack
from .happenings import Happening
from .records import Ack, Call, Channel, Delivery, Ephemeral, File, Message, User, View

__all__ = [
    "Ack",
    "Call",
    "Channel",
    "Delivery",
    "Ephemeral",
    "FakeSlack",
    "File",
    "Happening",
    "Message",
    "User",
    "View",
    "problems",
    "view_problems",
]
