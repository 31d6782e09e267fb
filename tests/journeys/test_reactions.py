"""An emoji on a message asks that thread's customer, after a while, with the survey the emoji belongs to."""

import pytest
from sqlalchemy import select

from storage.models import Survey
from tests.house import ADMIN, House

BALLOT = "ballot_box_with_ballot"


async def survey(house: House, name: str = "support") -> Survey:
    async with house.database.reading() as tx:
        return (await tx.scalars(select(Survey).where(Survey.name == name))).one()


async def edit(house: House, name: str = "support", **values: object) -> dict[str, str]:
    """Fill in a survey's modal and send it; returns what is said beside its fields."""
    await house.nps(ADMIN, "surveys")
    whisper = house.slack.ephemerals_for(ADMIN)[-1]
    await house.slack.click(ADMIN, whisper, "edit_survey", value=str((await survey(house, name)).id))
    return await send(house, **values)


async def new(house: House, name: str, **values: object) -> dict[str, str]:
    await house.nps(ADMIN, "surveys")
    await house.slack.click(ADMIN, house.slack.ephemerals_for(ADMIN)[-1], "new_survey")
    return await send(house, name=name, **values)


async def send(house: House, **values: object) -> dict[str, str]:
    await house.settle()
    ack = await house.slack.submit(ADMIN, values)
    assert ack.ok, ack
    await house.settle()
    return ack.body.get("errors", {}) if isinstance(ack.body, dict) else {}


# the emoji


async def test_the_survey_after_support_has_an_emoji_from_the_start_and_the_relational_one_has_none(house: House):
    assert ((await survey(house)).reaction, (await survey(house)).delay_minutes) == (BALLOT, 180)
    assert (await survey(house, "relationship")).reaction is None


@pytest.mark.parametrize("typed", [":tada:", "tada", "🎉"])
async def test_an_emoji_is_chosen_by_its_name_or_pasted(small_house: House, typed: str):
    assert await edit(small_house, reaction=typed, delay="24") == {}
    assert ((await survey(small_house)).reaction, (await survey(small_house)).delay_minutes) == ("tada", 24 * 60)
    assert ":tada:" in await small_house.nps(ADMIN, "surveys")


async def test_a_survey_may_do_without_an_emoji(small_house: House):
    assert await edit(small_house, reaction=None) == {}
    assert (await survey(small_house)).reaction is None


async def test_saving_something_else_keeps_emoji_and_delay(small_house: House):
    await edit(small_house, reaction=":tada:", delay="5")
    await edit(small_house, subject="Northwind Cloud")
    assert ((await survey(small_house)).reaction, (await survey(small_house)).delay_minutes) == ("tada", 5 * 60)


@pytest.mark.parametrize("typed", ["not an emoji", "🦩"])
async def test_an_emoji_nobody_knows_is_refused_beside_its_field(small_house: House, typed: str):
    assert ":its_name:" in (await edit(small_house, reaction=typed))["reaction"]
    assert (await survey(small_house)).reaction == BALLOT


async def test_two_surveys_never_share_an_emoji(house: House):
    assert "Another survey" in (await new(house, "onboarding", reaction="🗳️"))["reaction"]
    assert await new(house, "training", reaction=":tada:", delay="0") == {}
    assert "Another survey" in (await edit(house, reaction="tada"))["reaction"]


async def test_a_relational_survey_asks_on_no_emoji(small_house: House):
    told = await new(small_house, "yearly", kind="relational", reaction=":tada:")
    assert "transactional" in told["reaction"]
    assert await edit(small_house, "relationship", subject="Northwind") == {}
