"""What local-slack can draw, and what Slack would have sent."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.demo.dialect import Json, as_it_was_left, drawable, filled_in, left_empty
from bot.slack.blocks import kit
from bot.slack.blocks.replies import literally
from bot.slack.shapes import picked
from bot.texts.markup import Mrkdwn, escape, moment
from tests.gallery.states import every_document

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DRAWN = {"section", "context", "actions", "input", "header", "divider"}
USED = {"button", "static_select", "overflow", "plain_text_input", "radio_buttons", "checkboxes", "datepicker"}


def drawn(*blocks: Any, kind: str = "message") -> list[Json]:
    return list(drawable({"type": kind, "blocks": list(blocks)})["blocks"])


def elements(blocks: list[Json]) -> list[Json]:
    beside = [block[key] for block in blocks for key in ("accessory", "element") if key in block]
    return [*beside, *(each for block in blocks if block["type"] == "actions" for each in block["elements"])]


def test_everything_we_show_becomes_something_local_slack_draws():
    shown = [body for each in every_document() for body in each.get("lines", [each])]
    for body in shown:
        blocks = drawable(body).get("blocks") or []
        assert {block["type"] for block in blocks} <= DRAWN
        assert {element["type"] for element in elements(blocks)} <= USED
        assert "<!date" not in str(blocks)


def test_a_chart_leaves_its_numbers_in_words():
    words = kit.section(Mrkdwn("December 2025: *−61*"))
    assert drawn({"type": "data_visualization", "title": "NPS by month", "chart": {}}, words) == [words]


def test_a_persons_words_stay_words():
    quoted = drawn(kit.quote("<!channel> *hi*\nthere"))
    assert quoted[0]["text"]["text"] == "> &lt;!channel&gt; *hi*\n> there"


def test_a_company_with_an_and_in_its_name_is_readable():
    quoted, section = drawn(kit.quote("Tallow & Sons"), kit.section(escape("Tallow & Sons")))
    assert (quoted["text"]["text"], section["text"]["text"]) == ("> Tallow & Sons", "Tallow & Sons")


def test_a_link_in_somebodys_words_stays_there():
    assert "https://northwind.example/exports" in str(
        drawn(literally("See https://northwind.example/exports, please."))
    )


def test_a_date_is_readable():
    assert drawn(kit.section(moment(NOW)))[0]["text"]["text"] == "Nov 25, 12:00 UTC"


def test_a_button_that_is_a_link_becomes_a_link():
    section, link = drawn(kit.section(Mrkdwn("hi"), kit.link_button("Open", "https://northwind.slack.com/")))
    assert "accessory" not in section
    assert link["elements"][0]["text"] == "<https://northwind.slack.com/|Open>"


def test_a_menu_beside_a_text_of_a_modal_becomes_a_field():
    menu = kit.menu("score_picked", [("1:3", "3"), ("1:4", "4")], chosen="1:3")
    field = drawn(kit.section(Mrkdwn("Your score"), menu, block_id="score"), kind="modal")[0]
    assert (field["type"], field["block_id"], field["optional"]) == ("input", "score", True)
    assert field["element"]["placeholder"]["text"] == "3"


@pytest.mark.parametrize(
    ("element", "sent", "begins"),
    [
        (kit.typed("value", longest=9, text="old"), {"type": "plain_text_input", "value": None}, "old"),
        (kit.menu("value", [("a", "A")], chosen="a"), {"type": "static_select", "selected_option": None}, "a"),
        (kit.choices("value", [("a", "A")], chosen="a"), {"type": "radio_buttons", "selected_option": None}, "a"),
        (kit.channel_menu("value", chosen="C01HELP"), {"type": "static_select", "selected_option": None}, "C01HELP"),
        (kit.person_menu("value", chosen="U01ANA"), {"type": "static_select", "selected_option": None}, "U01ANA"),
        (kit.day_menu("value", chosen=NOW.date()), {"type": "datepicker", "selected_date": None}, "2026-11-25"),
        (
            {**kit.boxes("value", [("a", "A"), ("b", "B")], chosen=["b"]), "type": "multi_static_select"},
            {"type": "checkboxes", "selected_options": []},
            ["b"],
        ),
        (kit.people_menu("value", chosen=["U01BO"]), {"type": "checkboxes", "selected_options": []}, ["U01BO"]),
    ],
)
def test_an_untouched_field_is_sent_with_what_it_began_with(element: Json, sent: Json, begins: object):
    view = {"state": {"values": {"field": {"value": sent}}}}
    shown = drawable(kit.modal("Title", [kit.field("field", "Field", element)]))
    assert picked(filled_in(shown | view)["state"]["values"]["field"]["value"]) == begins


def test_a_field_that_was_touched_is_sent_as_it_is():
    shown = drawable(kit.modal("Title", [kit.field("field", "Field", kit.typed("value", longest=9, text="old"))]))
    view = {"state": {"values": {"field": {"value": {"type": "plain_text_input", "value": "new"}}}}}
    assert filled_in(shown | view)["state"]["values"]["field"]["value"]["value"] == "new"


def test_a_window_that_is_opened_again_holds_what_was_typed():
    words, box = (
        kit.field("words", "Words", kit.typed("value", longest=9)),
        kit.field("box", "Box", kit.tick("value", "?")),
    )
    sent = {"words": {"value": {"type": "plain_text_input", "value": "Hello"}}, "box": {"value": {}}}
    again = as_it_was_left(kit.modal("Title", [words, box]) | {"state": {"values": sent}})
    assert again["blocks"][0]["element"]["initial_value"] == "Hello"
    assert again["blocks"][1] == box


def test_what_slack_would_not_let_anybody_send_is_not_sent():
    fields = [
        kit.field("a", "A", kit.typed("value", longest=9)),
        kit.field("b", "B", kit.tick("value", "?"), optional=True),
    ]
    view = {
        "blocks": fields,
        "state": {"values": {"a": {"value": {"value": None}}, "b": {"value": {"selected_options": []}}}},
    }
    assert left_empty(view) == {"a": "Please fill this in."}
