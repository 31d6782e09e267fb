"""A click on a score or a question that cannot be: it is turned away or explained, and breaks nothing."""

import pytest
from sqlalchemy import select

from storage.models import Response
from tests.house import House
from tests.web.conftest import Knocker, click


@pytest.mark.parametrize("score", [-1, 11, 99, 10**30])
async def test_a_score_off_the_scale_is_not_kept(door: Knocker, small_house: House, score: int) -> None:
    card = await small_house.ask()
    invitation = card.blocks[1]["elements"][0]["value"].partition(":")[0]
    action = {"type": "button", "action_id": "score_3", "value": f"{invitation}:{score}", "action_ts": "1763719201.5"}
    assert await door.payload(click(actions=[action])) == 400
    async with small_house.database.reading() as tx:
        assert (await tx.scalars(select(Response))).all() == []


@pytest.mark.parametrize("invitation", [0, -1, 2**31, 2**63, 10**30])
async def test_a_click_on_a_question_nobody_asked_is_explained(door: Knocker, invitation: int) -> None:
    action = {"type": "button", "action_id": "score_3", "value": f"{invitation}:3", "action_ts": "1763719201.5"}
    assert await door.payload(click(actions=[action])) in (200, 400)
