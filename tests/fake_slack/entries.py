"""What a person may enter into a field: a real client would not let them pick or type anything else."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

from .elements import STATE_KEYS, initial_entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from .fake import FakeSlack
    from .records import Json, User

LONGEST_TEXT = 3000
KIND_IN_FILTER = {"channels": "public", "groups": "private", "im": "im"}


def entry(slack: FakeSlack, person: User, element: Json, value: Any) -> Json:
    """The state of an element after somebody entered `value`; None or "" empties it."""
    if value in (None, "", []):
        return initial_entry({"type": element["type"]})
    kind = element["type"].removeprefix("multi_")
    read = READERS[kind]
    if element["type"].startswith("multi_") or kind == "checkboxes":
        picked = [read(slack, person, element, item) for item in ([value] if isinstance(value, str) else value)]
        most = element.get("max_selected_items")
        assert most is None or len(picked) <= most, f"{element['action_id']}: takes at most {most}, not {len(picked)}"
        return {"type": element["type"], STATE_KEYS[element["type"]][0]: picked}
    return {"type": element["type"], STATE_KEYS[element["type"]][0]: read(slack, person, element, value)}


def options_of(element: Json) -> list[Json]:
    groups = element.get("option_groups") or [{"options": element.get("options") or []}]
    return [option for group in groups for option in group["options"]]


def offered_option(element: Json, value: str) -> Json:
    """The option with this value (or these words)."""
    for option in options_of(element):
        if value in {option["value"], option["text"]["text"]}:
            return option
    offers = ", ".join(repr(option["value"]) for option in options_of(element))
    raise AssertionError(f"{element['action_id']}: {value!r} is not offered; offered are {offers}")


def _option(_slack: FakeSlack, _person: User, element: Json, value: Any) -> Any:
    if element["type"].endswith("external_select"):
        return value
    return offered_option(element, str(value))


def _text(_slack: FakeSlack, _person: User, element: Json, value: Any) -> Any:
    least, most = element.get("min_length", 0), element.get("max_length", LONGEST_TEXT)
    text = str(value)
    assert least <= len(text) <= most, f"{element['action_id']}: takes {least} to {most} characters, not {len(text)}"
    assert element.get("multiline") or "\n" not in text, f"{element['action_id']}: takes a single line"
    return text


def _number(_slack: FakeSlack, _person: User, element: Json, value: Any) -> Any:
    amount = float(value)
    name = element["action_id"]
    assert element["is_decimal_allowed"] or amount.is_integer(), f"{name}: takes no decimals"
    assert amount >= float(element.get("min_value", "-inf")), f"{name}: {value} is too small"
    assert amount <= float(element.get("max_value", "inf")), f"{name}: {value} is too large"
    return str(value)


def _email(_slack: FakeSlack, _person: User, element: Json, value: Any) -> Any:
    assert "@" in value, f"{element['action_id']}: {value!r} is no e-mail address"
    return value


def _url(_slack: FakeSlack, _person: User, element: Json, value: Any) -> Any:
    assert "://" in value, f"{element['action_id']}: {value!r} is no URL"
    return value


def _user(slack: FakeSlack, _person: User, element: Json, value: Any) -> Any:
    assert not slack.user(value).deleted, f"{element['action_id']}: {value} is deactivated and not offered"
    return value


def _conversation(slack: FakeSlack, person: User, element: Json, value: Any) -> Any:
    place, name, chosen = slack.channel(value), element["action_id"], element.get("filter", {})
    is_seen = place.kind == "channels" or person.id in place.members
    assert is_seen, f"{name}: {person.id} does not see {value}"
    assert not place.is_archived, f"{name}: {value} is archived and not offered"
    kind = KIND_IN_FILTER[place.kind]
    assert kind in chosen.get("include", [kind]), f"{name}: the filter leaves out {kind}"
    is_out = place.is_ext_shared and chosen.get("exclude_external_shared_channels")
    assert not is_out, f"{name}: the filter leaves out shared channels"
    return value


def _public_channel(slack: FakeSlack, _person: User, element: Json, value: Any) -> Any:
    assert slack.channel(value).kind == "channels", f"{element['action_id']}: offers public channels only"
    return value


def _date(_slack: FakeSlack, _person: User, _element: Json, value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else date.fromisoformat(value).isoformat()


def _time(_slack: FakeSlack, _person: User, _element: Json, value: Any) -> Any:
    return (value if isinstance(value, time) else time.fromisoformat(value)).strftime("%H:%M")


def _as_given(_slack: FakeSlack, _person: User, _element: Json, value: Any) -> Any:
    return value


READERS: dict[str, Callable[..., Any]] = {
    "static_select": _option,
    "external_select": _option,
    "radio_buttons": _option,
    "checkboxes": _option,
    "users_select": _user,
    "conversations_select": _conversation,
    "channels_select": _public_channel,
    "datepicker": _date,
    "timepicker": _time,
    "datetimepicker": _as_given,
    "plain_text_input": _text,
    "email_text_input": _email,
    "url_text_input": _url,
    "number_input": _number,
    "rich_text_input": _as_given,
    "file_input": _as_given,
}
