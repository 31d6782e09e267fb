"""What is kept of an answer, whichever way and order it arrives in."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import NotInvited, QuestionGone
from bot.rules.urgency import Solved
from bot.services import responses
from storage import responses as queries
from storage.database import Database
from tests.factories import BO, NORTHWIND, a_choice, make_invitation, some_words

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


async def answered(database: Database, score: int = 4):
    async with database.transaction() as tx:
        invitation = await make_invitation(tx, now=NOW)
        await responses.record_score(tx, NORTHWIND, a_choice(invitation, score, NOW), now=NOW)
    return invitation


async def test_an_old_modal_sent_empty_does_not_wipe_out_what_a_newer_one_said(database: Database):
    invitation = await answered(database)
    said = {"comment": "slow", "solved": Solved.NO, "wants_reply": True}
    async with database.transaction() as tx:
        await responses.record_words(tx, NORTHWIND, some_words(invitation, "view:1", **said), now=NOW)
        await responses.record_words(tx, NORTHWIND, some_words(invitation, "view:2"), now=NOW)
        kept = await queries.of_invitation(tx, invitation.id)
    assert (kept.comment, kept.solved, kept.wants_reply) == ("slow", "no", True)


async def test_a_modal_that_showed_the_words_may_take_them_back(database: Database):
    invitation = await answered(database)
    emptied = some_words(invitation, "view:2", replaces_comment=True, replaces_solved=True, replaces_reply=True)
    async with database.transaction() as tx:
        said = some_words(invitation, "view:1", comment="slow", solved=Solved.NO, wants_reply=True)
        await responses.record_words(tx, NORTHWIND, said, now=NOW)
        await responses.record_words(tx, NORTHWIND, emptied, now=NOW)
        kept = await queries.of_invitation(tx, invitation.id)
    assert (kept.comment, kept.solved, kept.wants_reply) == (None, None, False)


async def test_everything_ever_said_is_in_the_history(database: Database):
    invitation = await answered(database, 4)
    async with database.transaction() as tx:
        await responses.record_score(tx, NORTHWIND, a_choice(invitation, 9, NOW + timedelta(minutes=1)), now=NOW)
        await responses.record_words(tx, NORTHWIND, some_words(invitation, comment="slow"), now=NOW)
        kept = await queries.of_invitation(tx, invitation.id)
        history = await queries.revisions(tx, kept.id)
    assert [(each.score, each.comment) for each in history] == [(4, None), (9, None), (None, "slow")]


async def test_the_same_score_chosen_again_later_beats_an_earlier_other_one(database: Database):
    invitation = await answered(database, 4)
    later, between = NOW + timedelta(minutes=2), NOW + timedelta(minutes=1)
    async with database.transaction() as tx:
        await responses.record_score(tx, NORTHWIND, a_choice(invitation, 4, later), now=NOW)
        await responses.record_score(tx, NORTHWIND, a_choice(invitation, 9, between), now=NOW)
        kept = await queries.of_invitation(tx, invitation.id)
    assert kept.score == 4


async def test_nobody_answers_for_somebody_else(database: Database):
    invitation = await answered(database)
    async with database.transaction() as tx:
        with pytest.raises(NotInvited):
            await responses.record_score(tx, NORTHWIND, a_choice(invitation, 10, NOW, by=BO), now=NOW)


async def test_an_invitation_of_another_workspace_is_not_there(database: Database):
    invitation = await answered(database)
    async with database.transaction() as tx:
        with pytest.raises(QuestionGone):
            await responses.record_score(tx, "T0OTHER", a_choice(invitation, 10, NOW), now=NOW)


@pytest.mark.parametrize(("days", "repeats"), [(29, True), (31, False)])
async def test_a_second_answer_within_thirty_days_is_a_repeat_and_does_not_count(database, days, repeats):
    await answered(database, 0)
    later = NOW + timedelta(days=days)
    async with database.transaction() as tx:
        # another survey of the same kind would do; the resting period is not what is tried here
        second = await make_invitation(tx, now=NOW + timedelta(days=100), occasion="ask:2")
        await responses.record_score(tx, NORTHWIND, a_choice(second, 10, later), now=later)
        kept = await queries.of_invitation(tx, second.id)
    assert kept.is_repeat is repeats


async def test_how_people_feel_about_us_as_a_whole_is_never_a_repeat(database: Database):
    async with database.transaction() as tx:
        for number in (1, 2):
            at = NOW + timedelta(days=100 * number)
            invitation = await make_invitation(tx, now=at, survey="relationship", occasion=f"ask:{number}")
            await responses.record_score(tx, NORTHWIND, a_choice(invitation, 9, NOW, source=str(number)), now=NOW)
            assert not (await queries.of_invitation(tx, invitation.id)).is_repeat
