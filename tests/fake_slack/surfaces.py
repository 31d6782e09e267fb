"""What Slack hands out for a short while: triggers that open modals, open views, Home tabs, response_urls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .blocks import broadcasts, view_problems
from .pictures import missing_pictures
from .records import Json, SlackError, View
from .workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TRIGGER_SECONDS = 3
RESPONSE_URL_SECONDS = 30 * 60
RESPONSE_URL_USES = 5
DEEPEST_STACK = 3


@dataclass
class Trigger:
    """The right to open one view for one person, once, within three seconds."""

    id: str
    user: str
    issued_at: float
    channel: str | None = None
    view: View | None = None
    is_used: bool = False


@dataclass
class ResponseUrl:
    """The right to answer five times in thirty minutes where somebody did something."""

    id: str
    user: str
    channel: str
    issued_at: float
    original: str | None = None  # ts of the message that was clicked
    is_ephemeral: bool = False
    uses: int = 0


class Surfaces(Workspace):
    """Views in front of people, and what is needed to put them there."""

    base_url = ""

    def __init__(self, clock: Callable[[], float], scopes: Iterable[str] = (), **facts: Any) -> None:
        super().__init__(clock, scopes, **facts)
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}

    # triggers and response_urls

    def new_trigger(self, user: str, *, channel: str | None = None, view: View | None = None) -> str:
        id_ = self.next_id(f"{int(self.now())}.1001.")
        self.triggers[id_] = Trigger(id_, user, self.now(), channel, view)
        return id_

    def expire_triggers(self) -> None:
        """As if three seconds had passed for every trigger handed out so far."""
        for trigger in self.triggers.values():
            trigger.issued_at = float("-inf")

    def spend_trigger(self, trigger_id: Any) -> Trigger:
        """Exchange a trigger for the right to open a view; twice is a violation, too late is only an error."""
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.is_used:
            self.violation(f"trigger {trigger.id} was used twice")
            raise SlackError("exchanged_trigger_id")
        if self.now() - trigger.issued_at > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        trigger.is_used = True
        return trigger

    def new_response_url(self, kind: str, user: str, channel: str, **original: Any) -> str:
        """A URL as Slack makes them for "actions", "commands" and "app" (shortcuts)."""
        id_ = self.next_id("")
        self.response_urls[id_] = ResponseUrl(id_, user, channel, self.now(), **original)
        return f"{self.base_url}/response/{kind}/{self.team_id}/{id_}"

    def spend_response_url(self, id_: str) -> ResponseUrl:
        url = self.response_urls.get(id_)
        if url is None:
            raise SlackError("no_active_hooks")
        if self.now() - url.issued_at > RESPONSE_URL_SECONDS:
            raise SlackError("expired_url")
        if url.uses >= RESPONSE_URL_USES:
            raise SlackError("used_url")
        url.uses += 1
        return url

    # views

    def open_view(self, user: str) -> View | None:
        """The modal this person looks at: the top of the stack."""
        stack = self._stacks.get(user)
        return stack[-1] if stack else None

    def views(self, user: str) -> list[View]:
        """All modals this person has open, the top one last."""
        return list(self._stacks.get(user, []))

    def home_view(self, user: str) -> View | None:
        return self._homes.get(user)

    def put_view(self, user: str, body: Json, *, channel: str | None, on_top: bool) -> View:
        """Show a modal: alone, or on top of those already open."""
        below = self._stacks.get(user, []) if on_top else []
        if len(below) >= DEEPEST_STACK:
            raise SlackError("push_limit_reached")
        view = self._new_view(user, body, channel)
        if below:
            view.previous_view_id, view.root_view_id = below[-1].id, below[0].id
        self._stacks[user] = [*below, view]
        return view

    def put_home(self, user: str, body: Json) -> View:
        """Publish a Home tab; one that was there before keeps its id."""
        if user in self._homes:
            return self.change_view(self._homes[user], body)
        self._homes[user] = self._new_view(user, body, None)
        return self._homes[user]

    def change_view(self, view: View, body: Json) -> View:
        """New content under the same id; what was typed stays where the same inputs are."""
        self._check_external_id(body, view)
        view.body = {**body, "blocks": self.normal(body["blocks"])}
        view.hash = self.next_hash()
        view.errors = {}
        return view

    def take_view(self, user: str, view: View) -> None:
        """The view is gone, and so are those above it."""
        stack = self._stacks.get(user, [])
        if view in stack:
            del stack[stack.index(view) :]

    def clear_views(self, user: str) -> None:
        self._stacks.pop(user, None)

    def find_view(self, *, view_id: Any = None, external_id: Any = None) -> View:
        for view in self._all_views():
            if view.id == view_id or (external_id and view.body.get("external_id") == external_id):
                return view
        raise SlackError("not_found")

    def checked_view(self, view: Any, source: str) -> Json:
        """The view, if Slack would take it; otherwise a violation and invalid_arguments."""
        found = view_problems(view) or missing_pictures(view["blocks"], self.files, "view/blocks")
        if found:
            self.violations += [f"{source}: {problem}" for problem in found]
            raise SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {it}" for it in found]})
        if broadcasts(view):
            self.violation(f"{source}: would notify a whole channel")
        return dict(view)

    def _new_view(self, user: str, body: Json, channel: str | None) -> View:
        self._check_external_id(body, None)
        id_ = self.next_id("V")
        return View(id_, user, {**body, "blocks": self.normal(body["blocks"])}, self.next_hash(), id_, channel=channel)

    def _check_external_id(self, body: Json, own: View | None) -> None:
        external_id = body.get("external_id")
        taken = any(view is not own and view.body.get("external_id") == external_id for view in self._all_views())
        if external_id and taken:
            raise SlackError("duplicate_external_id")

    def _all_views(self) -> list[View]:
        return [*(view for stack in self._stacks.values() for view in stack), *self._homes.values()]
