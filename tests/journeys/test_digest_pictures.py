"""The score in time stands in the weekly digest where pictures may be uploaded; no digest waits for one, or fails."""

from datetime import timedelta
from typing import Any

import pytest

from bot.services import privacy
from tests.fake_slack import FakeSlack, Message
from tests.house import ANA, BO, House
from tests.journeys.test_digests import MONDAY, set_up, told, unhappy, until
from tests.journeys.test_reporting import answers

IMAGE = "image"


@pytest.fixture(autouse=True)
async def uploading(slack: FakeSlack) -> None:
    slack.scopes.add("files:write")


async def a_year(house: House) -> None:
    await answers(house, {10: 20, 2: 14}, days_ago=60)
    await answers(house, {10: 30, 2: 4}, days_ago=30)
    await unhappy(house)


def images(message: Message) -> list[str]:
    """The ids of the files that stand in it."""
    return [block["slack_file"]["id"] for block in message.blocks if block["type"] == IMAGE]


def has_picture(args: dict[str, Any]) -> bool:
    return any(block["type"] == IMAGE for block in args.get("blocks") or [])


async def test_the_picture_is_there_before_the_digest_and_stays_when_that_is_drawn_anew(house: House):
    await a_year(house)
    await set_up(house)
    await until(house, MONDAY - timedelta(minutes=8))
    [file] = house.slack.files
    assert told(house) == []
    await until(house, MONDAY)
    [digest] = told(house)
    assert images(digest) == [file.id]
    [image] = [block for block in digest.blocks if block["type"] == IMAGE]
    assert "September 2025: +18 (likely −15 to +47), 34 answers" in image["alt_text"]
    await house.slack.click(BO, digest, "take_on")
    await house.settle()
    assert f"<@{BO}> has it" in house.card(digest).shown
    assert images(house.card(digest)) == [file.id]
    async with house.database.transaction() as tx:
        await privacy.erase(tx, house.slack.team_id, ANA, now=house.now)
    await house.later(minutes=2)
    assert images(house.card(digest)) == [file.id]
    assert len(house.slack.files) == 1


async def test_a_picture_slack_does_not_show_keeps_no_digest_from_leaving(house: House):
    await a_year(house)
    await set_up(house)
    house.slack.fail_next("chat.postMessage", "invalid_blocks", times=1, when=has_picture)
    await until(house, MONDAY)
    [digest] = told(house)
    assert images(digest) == []
    assert "Waiting: Ana Ruiz" in digest.shown


async def test_a_digest_that_cannot_be_redrawn_with_its_picture_is_redrawn_without(house: House):
    await a_year(house)
    await set_up(house)
    await until(house, MONDAY)
    [digest] = told(house)
    house.slack.fail_next("chat.update", "invalid_blocks", times=1, when=has_picture)
    await house.slack.click(BO, digest, "take_on")
    await house.settle()
    assert f"<@{BO}> has it" in house.card(digest).shown
    assert len(told(house)) == 1


@pytest.mark.parametrize("trouble", ["refused", "unreachable"])
async def test_when_the_upload_fails_the_digest_comes_in_words(small_house: House, trouble: str):
    house = small_house
    await a_year(house)
    await set_up(house)
    if trouble == "refused":
        house.slack.fail_next("files.completeUploadExternal", "internal_error", times=99)
    else:
        house.slack.upload_status = 503
    await until(house, MONDAY)
    [digest] = told(house)
    assert images(digest) == []


async def test_nothing_is_uploaded_for_a_digest_that_nobody_gets(small_house: House):
    house = small_house
    await answers(house, {10: 20, 2: 14}, days_ago=60)
    await answers(house, {10: 30, 2: 4}, days_ago=30)
    await set_up(house)
    await until(house, MONDAY)
    assert (told(house), house.slack.files) == ([], [])


async def test_one_point_is_no_picture(small_house: House):
    house = small_house
    await answers(house, {10: 20, 2: 14}, days_ago=0)
    await unhappy(house)
    await set_up(house)
    await until(house, MONDAY)
    [digest] = told(house)
    assert (images(digest), house.slack.files) == ([], [])


async def test_the_digest_of_some_accounts_has_their_picture_and_names_no_colleague_in_it(small_house: House):
    house = small_house
    await a_year(house)
    await set_up(house, owner=BO)
    await until(house, MONDAY)
    assert house.slack.files == []  # nobody belongs to their accounts
