"""The fake refuses blocks that Slack would refuse, and lets through those that Slack takes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fake_slack import problems, view_problems
from tests.fake_slack.samples import actions, button, modal, mrkdwn, options, plain, section

Json = dict[str, Any]


def offers(count: int) -> list[Json]:
    return options(*[f"option {n}" for n in range(count)])


def asked(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Why?"), "element": element, **more}


TYPED = {"type": "plain_text_input", "action_id": "text"}
PICTURE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A chart. " * 50}
MENU = {"type": "static_select", "action_id": "menu", "placeholder": plain("Pick")}
SPOKEN = {"type": "text", "text": "Hello", "style": {"bold": True}}
CHART = {"type": "line", "axis_config": {"categories": ["May", "June"]}}

GOOD = {
    "a section with fields": {"type": "section", "fields": [mrkdwn("*a*"), plain("b")]},
    "a section with a picture": section(accessory=PICTURE),
    "a header": {"type": "header", "text": plain("Head")},
    "a picture": {**PICTURE, "title": plain("Scores")},
    "a context": {"type": "context", "elements": [mrkdwn("x"), PICTURE]},
    "eleven buttons": actions(*[button(f"s{n}", accessibility_label=f"{n} out of 10") for n in range(11)]),
    "a menu": actions({**MENU, "options": offers(100), "initial_option": options("option 3")[0]}),
    "a grouped menu": actions({**MENU, "option_groups": [{"label": plain("G"), "options": offers(2)}]}),
    "a menu of people": actions({"type": "users_select", "action_id": "who", "placeholder": plain("Who")}),
    "an overflow": section(accessory={"type": "overflow", "action_id": "more", "options": offers(5)}),
    "formatted radio buttons": asked({"type": "radio_buttons", "options": [{"text": mrkdwn("*x*"), "value": "1"}]}),
    "a date and a time": actions({"type": "datepicker", "initial_date": "2026-11-21"}, {"type": "datetimepicker"}),
    "an input": asked({**TYPED, "multiline": True, "max_length": 3000}, hint=plain("h"), optional=True),
    "a number": asked({"type": "number_input", "is_decimal_allowed": False, "min_value": "0", "max_value": "10"}),
    "rich text": {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [SPOKEN]}]},
    "a confirmation": actions(
        button(confirm={"title": plain("T"), "text": plain("Sure?"), "confirm": plain("Yes"), "deny": plain("No")})
    ),
}

BAD = {
    "an unknown block": {"type": "sectoin"},
    "an unknown key": section(colour="red"),
    "an unknown element": actions({"type": "knob"}),
    "an unknown key in an element": actions(button(colour="red")),
    "an empty text": section(""),
    "a section without a text": {"type": "section"},
    "a long section": section("x" * 3001),
    "eleven fields": {"type": "section", "fields": [plain("x")] * 11},
    "a long header": {"type": "header", "text": plain("x" * 151)},
    "a formatted header": {"type": "header", "text": mrkdwn("x")},
    "a formatted button": actions({**button(), "text": mrkdwn("x")}),
    "a long button": actions({**button(), "text": plain("x" * 76)}),
    "a long value": actions(button(value="x" * 2001)),
    "a long accessibility label": actions(button(accessibility_label="x" * 76)),
    "a strange style": actions(button(style="green")),
    "no elements": actions(),
    "26 elements": actions(*[button(f"a{n}") for n in range(26)]),
    "the same action_id twice": actions(button("a"), button("a")),
    "11 context elements": {"type": "context", "elements": [plain("x")] * 11},
    "101 options": actions({**MENU, "options": offers(101)}),
    "options and groups": actions({**MENU, "options": offers(1), "option_groups": []}),
    "an initial option not offered": actions({**MENU, "options": offers(2), "initial_option": options("option 9")[0]}),
    "11 radio buttons": asked({"type": "radio_buttons", "options": offers(11)}),
    "11 checkboxes": asked({"type": "checkboxes", "options": offers(11)}),
    "an overflow of one": section(accessory={"type": "overflow", "options": offers(1)}),
    "an overflow of six": section(accessory={"type": "overflow", "options": offers(6)}),
    "a long option": actions({**MENU, "options": [{"text": plain("x" * 76), "value": "1"}]}),
    "a text input among actions": actions(TYPED),
    "a button as input": asked(button()),
    "a text input beside a section": section(accessory=TYPED),
    "a formatted label": {**asked(TYPED), "label": mrkdwn("x")},
    "a text input for novels": asked({**TYPED, "max_length": 3001}),
    "a date that is none": actions({"type": "datepicker", "initial_date": "2026-13-41"}),
    "a block that is text": "section",
    "a type that is a list": {"type": ["section"]},
    "an unknown paragraph": {"type": "rich_text", "elements": [{"type": "rich_text_poem", "elements": []}]},
    "an emoji flag on mrkdwn": {"type": "section", "text": {**mrkdwn("x"), "emoji": True}},
}


@pytest.mark.parametrize("block", GOOD.values(), ids=GOOD.keys())
@pytest.mark.parametrize("surface", ["message", "modal", "home"])
def test_good_blocks_pass_on_every_surface(block: Json, surface: str) -> None:
    assert problems([block], surface) == []


@pytest.mark.parametrize("block", BAD.values(), ids=BAD.keys())
def test_bad_blocks_are_refused(block: Json) -> None:
    assert problems([block], "message")


def test_a_message_holds_fifty_blocks_and_a_home_a_hundred() -> None:
    divider = {"type": "divider"}
    assert problems([divider] * 51, "message") == ["blocks: at most 50 in a message, not 51"]
    assert problems([divider] * 100, "home") == []
    assert problems([divider] * 101, "home")


def test_a_block_id_is_used_once() -> None:
    assert problems([section(block_id="a"), section(block_id="a")], "message")


def test_alerts_live_in_modals_only() -> None:
    alert = {"type": "alert", "text": mrkdwn("Careful"), "level": "warning"}
    assert problems([alert], "modal") == []
    assert problems([alert], "message") == ["blocks[0]: alert is not allowed in a message"]


def test_a_chart_fits_its_axis_and_a_message_has_two_at_most() -> None:
    def chart(*labels: str) -> Json:
        data = [{"label": label, "value": 1.5} for label in labels]
        series = [{"name": "Scores", "data": data}]
        return {"type": "data_visualization", "title": "NPS", "chart": {**CHART, "series": series}}

    assert problems([chart("May", "June")], "home") == []
    assert problems([chart("July")], "home")
    assert problems([chart("May")] * 3, "message")


def test_a_data_table_has_a_caption_and_even_rows() -> None:
    head, row = [{"type": "raw_text", "text": "n"}], [{"type": "raw_number", "value": 3, "text": "3"}]
    table = {"type": "data_table", "caption": "Scores", "rows": [head, row]}
    assert problems([table], "message") == []
    assert problems([{**table, "rows": [head, row + row]}], "message")
    assert problems([{"type": "data_table", "rows": [head, row]}], "message")


def test_only_one_field_has_the_focus() -> None:
    fields = [asked({**TYPED, "action_id": str(n), "focus_on_load": True}) for n in range(2)]
    assert problems(fields, "modal")


@pytest.mark.parametrize(
    "view",
    [
        modal(section(), title=plain("x" * 25)),
        modal(section(), submit=plain("x" * 25)),
        modal(section(), close=mrkdwn("x")),
        modal(section(), private_metadata="x" * 3001),
        modal(section(), callback_id="x" * 256),
        modal(section(), colour="red"),
        modal(asked(TYPED)),
        {"type": "modal", "blocks": []},
        {"type": "home", "title": plain("x"), "blocks": []},
        {"type": "tab", "blocks": []},
        {"type": "home"},
    ],
    ids=["title", "submit", "close", "metadata", "callback", "key", "unsent", "untitled", "home", "kind", "blank"],
)
def test_bad_views_are_refused(view: Json) -> None:
    assert view_problems(view)


def test_good_views_pass() -> None:
    assert view_problems(modal(asked(TYPED), submit=plain("Send"), callback_id="c", private_metadata="{}")) == []
    assert view_problems({"type": "home", "blocks": [section()]}) == []
