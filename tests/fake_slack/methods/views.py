"""Modals and Home tabs: opened with a trigger, changed by id, published to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fake_slack.payloads import view_payload
from tests.fake_slack.records import Json, SlackError, View

from .registry import method

if TYPE_CHECKING:
    from tests.fake_slack.fake import FakeSlack

TRIGGER = "trigger_id interactivity_pointer"


@method("views.open", tier=4, required="view", optional=TRIGGER)
def open_view(slack: FakeSlack, args: Json) -> Json:
    return _show(slack, args, "views.open", on_top=False)


@method("views.push", tier=4, required="view", optional=TRIGGER)
def push_view(slack: FakeSlack, args: Json) -> Json:
    return _show(slack, args, "views.push", on_top=True)


@method("views.update", tier=4, required="view", optional="view_id external_id hash")
def update_view(slack: FakeSlack, args: Json) -> Json:
    if bool(args.get("view_id")) == bool(args.get("external_id")):
        slack.violation("views.update: needs either view_id or external_id")
        raise SlackError("invalid_arguments")
    body = slack.checked_view(args["view"], "views.update")
    view = slack.find_view(view_id=args.get("view_id"), external_id=args.get("external_id"))
    if body["type"] != view.type:
        slack.violation(f"views.update: a {view.type} cannot become a {body['type']}")
        raise SlackError("invalid_arguments")
    _check_hash(args, view)
    return _answer(slack, slack.change_view(view, body))


@method("views.publish", tier=4, required="user_id view", optional="hash")
def publish_view(slack: FakeSlack, args: Json) -> Json:
    body = slack.checked_view(args["view"], "views.publish")
    if body["type"] != "home":
        slack.violation("views.publish: only a Home view can be published")
        raise SlackError("invalid_arguments")
    person = slack.users.get(args["user_id"])
    if person is None or person.is_bot or slack.is_external(person):
        raise SlackError("user_not_found")
    if not slack.home_tab_enabled:
        raise SlackError("not_enabled")
    _check_hash(args, slack.home_view(person.id))
    return _answer(slack, slack.put_home(person.id, body))


def _show(slack: FakeSlack, args: Json, source: str, *, on_top: bool) -> Json:
    body = slack.checked_view(args["view"], source)
    if body["type"] != "modal":
        slack.violation(f"{source}: only a modal can be opened")
        raise SlackError("invalid_arguments")
    trigger = slack.spend_trigger(args.get("trigger_id") or args.get("interactivity_pointer"))
    if on_top and (trigger.view is None or slack.open_view(trigger.user) is None):
        raise SlackError("not_found")
    return _answer(slack, slack.put_view(trigger.user, body, channel=trigger.channel, on_top=on_top))


def _check_hash(args: Json, view: View | None) -> None:
    if view is not None and args.get("hash") and args["hash"] != view.hash:
        raise SlackError("hash_conflict")


def _answer(slack: FakeSlack, view: View) -> Json:
    return {"view": view_payload(slack, view)}
