"""What two people do in the very same moment happens one after the other, and nobody sees an error."""

import asyncio

import pytest
from sqlalchemy import select

from storage.models import Contact, FollowUp, FollowUpStep, Response
from tests.fake_slack import Message
from tests.replicas.hosting import BO
from tests.replicas.pair import ADMIN, CY, Pair, all_at_once
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_newcomer_asked_by_two_colleagues_at_once_is_asked_once_and_both_are_told(pair: Pair) -> None:
    [customer] = pair.newcomers(1)
    async with all_at_once(pair.database, "contacts"):
        told = await _both_ask(pair, customer)
    await until(told, "each colleague to be told")
    await pair.settled()
    assert len(pair.slack.posts(customer)) == 1


async def test_somebody_known_asked_by_two_colleagues_at_once_is_asked_once_and_both_are_told(pair: Pair) -> None:
    await pair.nps(ADMIN, "try survey1")
    await pair.card(ADMIN)
    async with all_at_once(pair.database, "contacts"):
        told = await _both_ask(pair, ADMIN)
    await until(told, "each colleague to be told")
    await pair.settled()
    assert len([card for card in pair.slack.posts(ADMIN) if "Rehearsal" not in card.shown]) == 1


async def test_two_clicks_of_one_person_at_once_leave_one_answer_with_the_later_score(pair: Pair) -> None:
    [customer] = pair.newcomers(1)
    await pair.ask(customer)
    card = await pair.card(customer)
    async with asyncio.TaskGroup() as group, all_at_once(pair.database, "responses"):
        clicks = [group.create_task(_clicked(pair, customer, card, score)) for score in (8, 9)]
    assert all(click.result() for click in clicks)
    async with pair.database.reading() as tx:
        kept = await tx.scalars(select(Response.score).join(Contact).where(Contact.user_id == customer))
        assert kept.all() == [9]


async def test_an_admin_whose_first_two_commands_come_at_once_is_answered_twice(pair: Pair) -> None:
    newcomer = pair.slack.add_user("U0EVA", is_admin=True).id
    async with all_at_once(pair.database, "role_grants"):
        await pair.nps(newcomer)
        await pair.nps(newcomer, "detractors")
    await until(lambda: len(pair.slack.ephemerals_for(newcomer)) == 2, "two answers")


async def test_an_alert_claimed_by_two_colleagues_at_once_has_one_winner(pair: Pair) -> None:
    [customer] = pair.newcomers(1)
    await pair.ask(customer)
    await pair.answer(customer, score=0)
    [alert] = await until(lambda: [each for each in pair.slack.posts("C0RED") if customer in each.shown], "the alert")
    acks = await asyncio.gather(*(pair.slack.click(who, alert, "claim") for who in (BO, CY)))
    assert all(ack.ok for ack in acks)
    told = await until(lambda: [each for each in pair.slack.ephemerals if "takes care" in each.shown], "the loser")
    winner = {BO, CY} - {each.user for each in told}
    assert len(winner) == 1
    line = f"<@{winner.pop()}> takes care of it"
    await until(lambda: line in pair.slack.message("C0RED", alert.ts).shown, "the alert to say who won")


async def test_a_reply_that_is_sent_twice_at_once_reaches_the_customer_once(pair: Pair) -> None:
    [customer] = pair.newcomers(1)
    await pair.ask(customer)
    await pair.answer(customer, score=0)
    [alert] = await until(lambda: [each for each in pair.slack.posts("C0RED") if customer in each.shown], "the alert")
    assert (await pair.slack.click(BO, alert, "reply_privately")).ok
    await until(lambda: pair.slack.open_view(BO), "the window")
    assert (await pair.slack.submit(BO, {"words": "We are on it."})).ok
    async with asyncio.TaskGroup() as group, all_at_once(pair.database, "follow_up_steps", parties=1):
        sent = [group.create_task(pair.slack.submit(BO)) for _ in range(2)]
    assert all(each.result().ok for each in sent)
    await until(lambda: _replies(pair, customer), "the reply")
    await pair.settled()
    async with pair.database.reading() as tx:
        steps = select(FollowUpStep.id).join(FollowUp).join(Response).join(Contact)
        written = await tx.scalars(steps.where(Contact.user_id == customer, FollowUpStep.what == "replied"))
        assert len(written.all()) == len(_replies(pair, customer)) == 1


def _replies(pair: Pair, customer: str) -> list[Message]:
    return [each for each in pair.slack.posts(customer) if "We are on it." in each.shown]


async def _both_ask(pair: Pair, customer: str):
    """Both type it; what is returned is true once each of them has read something."""
    seen = {who: len(pair.slack.ephemerals_for(who)) for who in (BO, CY)}
    for colleague in seen:
        await pair.ask(customer, by=colleague)
    return lambda: all(len(pair.slack.ephemerals_for(who)) > before for who, before in seen.items())


async def _clicked(pair: Pair, customer: str, card: Message, score: int) -> bool:
    return bool((await pair.slack.click(customer, card, f"score_{score}", stale=True)).ok)
