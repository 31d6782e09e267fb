"""The trend: in words always, as Slack's chart where it takes one, as our picture where files may be uploaded."""

from io import BytesIO

import pytest
from PIL import Image

from bot.services import timeline_notes
from bot.slack.blocks.kit import CHART
from tests.fake_slack import FakeSlack, Message
from tests.fake_slack.records import Json
from tests.house import ADMIN, ANA, BO, CY, HELP, SHARED, House
from tests.journeys.test_reporting import answers

MISSING = "the scope `files:write` is missing"
SENT = "The picture is in your direct messages with me."


def has_chart(args: Json) -> bool:
    return any(block["type"] == CHART for block in args.get("blocks") or [])


def refuse_charts(slack: FakeSlack) -> None:
    for method in ("response_url", "chat.postEphemeral", "chat.postMessage"):
        slack.fail_next(method, "invalid_blocks", times=99, when=has_chart)


async def three_months(house: House) -> None:
    await answers(house, {10: 10, 8: 10, 2: 20}, days_ago=60)
    await answers(house, {10: 10, 8: 10, 2: 12}, days_ago=30)
    await answers(house, {10: 24, 8: 9, 3: 7})


async def a_gap(house: House) -> None:
    await answers(house, {10: 30}, days_ago=150)
    await three_months(house)


def pictures(slack: FakeSlack, person: str = BO) -> list[Message]:
    return [message for message in slack.posts(person) if message.files]


@pytest.fixture
async def uploading(slack: FakeSlack) -> None:
    slack.scopes.add("files:write")


async def test_without_answers_it_says_so_and_shows_no_picture(uploading, small_house: House):
    told = await small_house.nps(BO, "trend")
    assert "*NPS by month*, relationship, December 2024 to November 2025" in told
    assert "No answers yet in that time." in told
    assert small_house.slack.files == []


async def test_every_month_is_a_line_and_the_change_has_its_test(house: House):
    await three_months(house)
    told = await house.nps(BO, "trend")
    assert "December 2024 to August 2025: no answers" in told
    assert "September 2025: *−25* (likely −48 to +1), 40 answers" in told
    assert "November 2025 so far: *+43* (likely +16 to +63), 40 answers" in told
    assert "*From September 2025 to November 2025: higher by 68.*" in told
    assert MISSING not in told  # Slack shows its own chart


async def test_slacks_own_chart_has_the_numbers_of_the_words(house: House):
    await three_months(house)
    await house.nps(BO, "trend")
    [chart] = [block for block in house.slack.ephemerals_for(BO)[-1].blocks if block["type"] == CHART]
    series = {each["name"]: [point["value"] for point in each["data"]] for each in chart["chart"]["series"]}
    assert series == {"likely up to": [1, 21, 63], "NPS": [-25, -6, 43], "likely from": [-48, -33, 16]}
    assert chart["chart"]["axis_config"]["categories"] == ["Sep", "Oct", "Nov"]


async def test_a_slack_without_charts_gets_the_words_and_is_remembered(uploading, house: House):
    refuse_charts(house.slack)
    await three_months(house)
    told = await house.nps(BO, "trend")
    assert "higher by 68" in told
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "show_picture")
    assert house.slack.ephemerals_for(BO)[-1].shown == SENT
    assert len(pictures(house.slack)) == 1
    before = len(house.slack.calls)
    assert SENT in await house.nps(CY, "trend")
    assert len(pictures(house.slack, CY)) == 1
    assert not any(has_chart(call.args) for call in house.slack.calls[before:])


async def test_a_gap_is_not_hidden_by_slacks_chart_but_drawn_by_ours(uploading, house: House):
    await a_gap(house)
    told = await house.nps(BO, "trend")
    assert SENT in told
    assert not any(block["type"] == CHART for block in house.slack.ephemerals_for(BO)[-1].blocks)
    words = house.slack.posts(BO)[-2]
    assert "November 2025 so far: *+43*" in words.text
    [file] = house.slack.files
    assert Image.open(BytesIO(file.data or b"")).size[0] == 1520
    assert "November 2025 so far: +43 (likely +16 to +63), 40 answers" in file.alt_txt


async def test_without_the_scope_the_words_say_so(house: House):
    refuse_charts(house.slack)
    await a_gap(house)
    told = await house.nps(BO, "trend")
    assert "higher by" in told or "lower by" in told
    assert MISSING in told
    assert "Whoever may install apps in this workspace can add it" in told


async def test_another_period_is_picked_without_another_picture(uploading, small_house: House):
    house = small_house
    await a_gap(house)
    await house.nps(BO, "trend")
    await house.slack.select(BO, house.slack.ephemerals_for(BO)[-1], "pick_period", "this year")
    await house.settle()
    shown = house.slack.ephemerals_for(BO)[-1]
    assert "January 2025 to November 2025" in shown.shown
    assert len(pictures(house.slack)) == 1
    await house.later(seconds=2)  # a conversation takes a message a second
    await house.press(BO, shown, "show_picture")
    assert len(pictures(house.slack)) == 2
    assert "January 2025 to November 2025" in house.slack.posts(BO)[-2].text


async def test_in_a_channel_shared_with_another_company_the_trend_comes_by_direct_message(house: House):
    await three_months(house)
    refuse_charts(house.slack)
    await house.nps(BO, "trend", channel=SHARED)
    assert "higher by 68" in house.slack.posts(BO)[-1].text
    assert house.slack.posts(SHARED) == []


async def test_when_an_upload_fails_whoever_asked_hears_it(uploading, small_house: House):
    house = small_house
    await a_gap(house)
    house.slack.upload_status = 503
    await house.nps(BO, "trend")
    assert "Slack did not answer me just now." in house.slack.ephemerals_for(BO)[-1].shown


async def test_details_say_what_each_score_is_made_of(small_house: House):
    house = small_house
    await three_months(house)
    await house.nps(BO, "trend")
    await house.slack.select(BO, house.slack.ephemerals_for(BO)[-1], "more_view", "details")
    await house.settle()
    shown = house.slack.open_view(BO).shown
    assert "September 2025: 10 promoters · 10 passives · 20 detractors" in shown
    assert "p = 0.0003" in shown


async def test_a_note_stands_in_the_trend_until_a_manager_takes_it_away(house: House):
    await three_months(house)
    assert "launched <b>onboarding</b>".replace("<", "&lt;").replace(">", "&gt;") in await house.nps(
        ADMIN, "note 2025-10-01 launched <b>onboarding</b> with <@U0CY>"
    )
    told = await house.nps(BO, "trend")
    assert f"1. 1 October 2025: launched &lt;b&gt;onboarding&lt;/b&gt; with &lt;@U0CY&gt; (<@{ADMIN}>)" in told
    assert "`/nps compare before 2025-10-01`" in told
    await house.press(BO, house.slack.ephemerals_for(BO)[-1], "show_notes")
    assert "Remove" not in house.slack.open_view(BO).shown
    await house.nps(ADMIN, "trend")
    await house.press(ADMIN, house.slack.ephemerals_for(ADMIN)[-1], "show_notes")
    seen = house.slack.open_view(ADMIN)
    await house.slack.click(ADMIN, seen, "remove_note")
    await house.settle()
    assert "There are no notes yet." in house.slack.open_view(ADMIN).shown
    assert "Meanwhile" not in await house.nps(BO, "trend")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("note", "Did you mean `/nps note 2026-03-01 launched onboarding`?"),
        ("note 2025-13-01 x", "Did you mean"),
        ("note 2025-10-01", "Did you mean"),
        ("note 2026-10-01 to come", "A note stands at a day that has come."),
        (f"note 2025-10-01 {'x' * 81}", "A note is one to 80 letters long"),
    ],
)
async def test_a_note_that_cannot_be_is_declined_with_what_to_type(small_house: House, words, told):
    assert told in await small_house.nps(ADMIN, words)


async def test_members_and_guests_write_no_notes(small_house: House):
    assert "You may not set up surveys" in await small_house.nps(CY, "note 2025-10-01 x")
    assert "Guests" in await small_house.nps(ANA, "trend", channel=HELP)
    async with small_house.database.reading() as tx:
        assert await timeline_notes.all_of(tx, small_house.slack.team_id) == []


def pictured(house: House) -> list[Json]:
    return [block for block in house.home_page(BO).blocks if block["type"] == "image"]


async def test_home_shows_the_picture_of_the_finished_months_once_it_is_there(uploading, house: House):
    await answers(house, {10: 30, 2: 4}, days_ago=90)
    await three_months(house)
    assert "Trend: Aug +76, Sep −25, Oct −6, Nov so far +43" in await house.home(BO)
    assert pictured(house) == []
    await house.home(BO)
    [picture] = pictured(house)
    assert "October 2025" in picture["alt_text"]
    assert "November" not in picture["alt_text"]
    await house.home(CY)
    await answers(house, {0: 5})
    await house.home(BO)
    assert len(house.slack.files) == 1  # another one comes with another month


async def test_a_home_whose_picture_slack_refuses_is_shown_without_it(uploading, house: House):
    await answers(house, {10: 30, 2: 4}, days_ago=90)
    await three_months(house)
    await house.home(BO)
    house.slack.fail_next("views.publish", "invalid_blocks", when=lambda args: "slack_file" in str(args))
    assert "Trend: Aug" in await house.home(BO)
    assert pictured(house) == []
