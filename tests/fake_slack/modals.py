"""Sending a modal, or closing it, and what the app's answer does to the stack of views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from . import payloads
from .blocks import broadcasts, view_problems
from .forms import filled, response_urls
from .records import Ack, Delivery, Json, SlackError, View
from .transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .fake import FakeSlack

ACTIONS = {"errors", "update", "push", "clear"}


class Modals(Transport):
    """What people do with the modal in front of them."""

    def __init__(self, clock: Callable[[], float], scopes: Iterable[str] = (), **facts: Any) -> None:
        super().__init__(clock, scopes, **facts)
        self._chosen_in_messages: dict[tuple[str, str, str], dict[str, dict[str, Json]]] = {}

    async def submit(self, user: str, values: dict[str, Any] | None = None, view: View | None = None) -> Ack:
        """Fill in and send the modal on top. `values` are by block_id, or {block_id: {action_id: value}}."""
        view = view or self.open_view(user)
        assert view is not None, f"{user} has no modal open"
        assert view is self.open_view(user), f"{view.title!r} is not what {user} sees now"
        slack, person = self._fake(), self.user(user)
        state = filled(slack, person, view, values or {})
        urls = response_urls(slack, person, view, state)
        ack = await self.deliver(
            Delivery("interactive", payloads.view_submission(slack, person, view, dict(state), urls))
        )
        if ack.ok:
            self._follow(user, view, ack.body)
        return ack

    async def close_view(self, user: str, clear: bool = False) -> Ack | None:
        """Close the modal on top, or (`clear`) all of them; the app hears of those with notify_on_close."""
        view = self.open_view(user)
        assert view is not None, f"{user} has no modal open"
        is_cleared = clear or bool(view.body.get("clear_on_close"))
        closed = self.views(user)[::-1] if is_cleared else [view]
        acks = [
            await self._tell_closed(user, it, is_cleared=is_cleared) for it in closed if it.body.get("notify_on_close")
        ]
        self.take_view(user, closed[-1])
        return acks[0] if acks else None

    def _fake(self) -> FakeSlack:
        return cast("FakeSlack", self)

    async def _tell_closed(self, user: str, view: View, *, is_cleared: bool) -> Ack:
        payload = payloads.view_closed(self._fake(), self.user(user), view, is_cleared=is_cleared)
        return await self.deliver(Delivery("interactive", payload))

    def _follow(self, user: str, view: View, answer: Json | str | None) -> None:
        """Do to the stack what the answer says; no answer closes the view."""
        if not answer:
            self.take_view(user, view)
            return
        action = answer.get("response_action") if isinstance(answer, dict) else None
        if not isinstance(answer, dict) or action not in ACTIONS:
            self.violation(f"view_submission: cannot be answered with {answer!r}")
        elif action == "errors":
            self._show_errors(view, answer.get("errors"))
        elif action == "clear":
            self.clear_views(user)
        else:
            self._show_next(user, view, action, answer.get("view"))

    def _show_errors(self, view: View, errors: Any) -> None:
        inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        if not isinstance(errors, dict) or not errors or errors.keys() - inputs:
            self.violation(
                f"view_submission: errors must name input blocks ({', '.join(sorted(inputs))}), not {errors!r}"
            )
            return
        view.errors = dict(errors)

    def _show_next(self, user: str, view: View, action: str, body: Any) -> None:
        found = view_problems(body)
        if found:
            self.violations += [f"response_action {action}: {problem}" for problem in found]
            return
        if broadcasts(body):
            self.violation(f"response_action {action}: would notify a whole channel")
        try:
            if action == "update":
                self.change_view(view, body)
            else:
                self.put_view(user, body, channel=view.channel, on_top=True)
        except SlackError as refusal:
            self.violation(f"response_action {action}: {refusal.error}")
