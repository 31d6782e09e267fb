"""What other programs hear: everything that happens, once, with nothing in it that is not theirs to know."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.errors import TakenAlready
from bot.rules.urgency import COMMENT_GRACE
from bot.rules.webhooks import ERASED_GRACE, WebhookEvent
from bot.services import contacts, declines, follow_ups, privacy, responses, webhook_endpoints
from bot.services.responses import Choice
from storage.models import Base, FollowUp, WebhookEndpoint
from tests.house import ADMIN, ANA, BO, CY, KIM, House
from tests.small import on_sqlite
from tests.webhooks.conftest import an_answer, bring, hears, messages
from tests.webhooks.receiver import Receiver

GRACE = {"seconds": (COMMENT_GRACE + timedelta(seconds=1)).total_seconds()}


async def erase(house: House, person: str = ANA) -> None:
    async with house.database.transaction() as tx:
        await privacy.erase(tx, "T0NORTH", person, now=house.now)


async def claimed_by_two(house: House, follow_up: FollowUp) -> None:
    """In one transaction, which the second ends."""
    async with house.database.transaction() as tx:
        await follow_ups.claim(tx, follow_up, by=CY, now=house.now)
        await follow_ups.claim(tx, follow_up, by=BO, now=house.now)


async def test_an_answer_and_its_comment_are_told(house: House, endpoint: WebhookEndpoint, receiver: Receiver):
    await an_answer(house, score=9)
    await bring(house)
    await house.comment(ANA, "Bo stayed until it worked.")
    await bring(house)
    assert receiver.types == ["response.recorded", "response.changed"]
    first, second = (each.told["data"] for each in receiver.heard)
    assert (first["response"]["score"], first["response"]["category"], first["response"]["comment"]) == (
        9,
        "promoter",
        None,
    )
    assert second["response"]["comment"] == "Bo stayed until it worked."
    assert first["contact"] == second["contact"] == {"id": first["contact"]["id"], "slack_id": ANA}
    assert all(each.is_signed_with(endpoint.secret) for each in receiver.heard)


async def test_a_click_on_the_same_score_again_changes_nothing(house: House, endpoint: WebhookEndpoint):
    await house.ask_in_thread()
    for score in (9, 9, 8):
        await house.later(seconds=5)
        choice = Choice(1, ANA, score, house.now, f"click:{house.now}")
        async with house.database.transaction() as tx:
            await responses.record_score(tx, "T0NORTH", choice, now=house.now)
    assert [each.type for each in await messages(house.database)] == ["response.recorded", "response.changed"]


async def test_whoever_wants_a_reply_after_all_has_changed_their_answer(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    await an_answer(house, score=9)
    await house.comment(ANA, reply=["yes"])
    await bring(house)
    assert sorted(receiver.types) == ["follow_up.opened", "response.changed", "response.recorded"]
    [opened] = receiver.of("follow_up.opened")
    assert opened.told["data"]["follow_up"]["causes"] == ["wants_reply"]


async def test_looking_after_an_answer_is_told_from_the_beginning_to_the_end(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    await house.choose_channel()
    await an_answer(house, score=3)
    await house.later(**GRACE)
    [alert] = house.alerts()
    for button in ("claim", "resolve"):
        await house.press(CY, house.card(alert), button)
    await house.slack.submit(CY, {"outcome": "fixed", "root_cause": "product", "note": "Spoke with Ana."})
    await house.settle()
    await house.press(BO, house.card(alert), "reopen")
    types = [each.type for each in await messages(house.database)]
    moves = ["follow_up.opened", "follow_up.claimed", "follow_up.resolved", "follow_up.opened"]
    assert types == ["response.recorded", *moves]
    await bring(house)
    assert sorted(receiver.types) == sorted(types)
    assert not any("Spoke with Ana" in each.body.decode() for each in receiver.heard)


async def test_each_message_says_how_things_stand_when_it_leaves(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    await house.choose_channel()
    await an_answer(house, score=3)
    await house.later(**GRACE)
    await house.press(CY, house.alerts()[-1], "claim")
    await bring(house)
    [opened] = receiver.of("follow_up.opened")
    assert opened.told["data"]["follow_up"]["state"] == "claimed"
    assert opened.told["data"]["follow_up"]["claimed_by"] == CY


async def test_a_change_of_mind_before_the_alert_ends_what_was_opened(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    card = await house.ask_in_thread()
    await house.click_score(ANA, card, 3)
    await house.slack.click(ANA, card, "score_9", stale=True)
    await bring(house)
    [resolved] = receiver.of("follow_up.resolved")
    assert resolved.told["data"]["follow_up"]["outcome"] == "changed_mind"


async def test_who_does_not_want_to_be_asked_again_is_told_once(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    await house.ask_in_thread()
    for _ in range(2):
        async with house.database.transaction() as tx:
            ana = await contacts.by_user(tx, "T0NORTH", ANA)
            assert ana
            await declines.stop_asking_me(tx, ana, now=house.now)
    await bring(house)
    [told] = receiver.of("contact.opted_out")
    assert told.told["data"]["contact"]["slack_id"] == ANA
    assert told.told["data"]["contact"]["opted_out_at"]


async def test_an_opt_out_that_was_undone_before_it_left_is_not_told(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    card = await house.ask_in_thread()
    await house.press(ANA, card, "stop_asking")
    await house.press(ANA, house.card(card), "allow_asking")
    await bring(house)
    assert receiver.heard == []
    assert [each.state for each in await messages(house.database)] == ["dropped"]


async def test_a_score_told_in_a_review_meeting_says_so(house: House, endpoint: WebhookEndpoint, receiver: Receiver):
    await house.nps(BO, f"record <@{ANA}|ana>")
    ack = await house.slack.submit(BO, {"score": "4", "held_on": house.now.date().isoformat()})
    assert ack.ok, ack
    await bring(house)
    [told] = receiver.of("response.recorded")
    assert told.told["data"]["response"]["mode"] == "interviewer"


@on_sqlite
async def test_of_a_rehearsal_nothing_is_told(house: House, endpoint: WebhookEndpoint, receiver: Receiver):
    await house.choose_channel()
    await house.nps(BO, "try")
    await house.click_score(BO, house.cards(house.slack.dm_of(BO))[-1], 2)
    await house.later(**GRACE)
    await bring(house)
    assert await messages(house.database) == []


async def test_only_the_events_that_are_wanted_are_told(house: House, receiver: Receiver):
    await hears(house, receiver.url, events=[WebhookEvent.FOLLOW_UP_OPENED])
    await an_answer(house, score=3)
    await bring(house)
    assert receiver.types == ["follow_up.opened"]


async def test_of_what_was_rolled_back_nothing_is_told(house: House, endpoint: WebhookEndpoint):
    await house.choose_channel()
    await an_answer(house, score=3)
    before = len(await messages(house.database))
    async with house.database.reading() as tx:
        [follow_up] = (await tx.scalars(select(FollowUp))).all()
    with pytest.raises(TakenAlready):
        await claimed_by_two(house, follow_up)
    assert len(await messages(house.database)) == before


async def test_an_erased_person_is_spoken_of_no_more_but_that_they_were_erased(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    await an_answer(house, score=3)
    await house.comment(ANA, "Exports time out every Monday.")
    [contact_id] = {each.contact_id for each in await messages(house.database) if each.contact_id}
    await erase(house)
    await bring(house)
    assert receiver.heard == [], "what was pending is gone, and the erasure gives way to what is on its way"
    await house.later(seconds=ERASED_GRACE.total_seconds())
    await bring(house)
    assert receiver.types == ["contact.erased"]
    assert receiver.heard[0].told["data"] == {"contact": {"id": contact_id, "slack_id": ANA}}


async def test_once_an_erasure_was_told_nothing_names_the_person(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    await an_answer(house, score=3)
    await bring(house)
    await erase(house)
    await house.later(seconds=ERASED_GRACE.total_seconds())
    await bring(house)
    async with house.database.reading() as tx:
        for table in Base.metadata.sorted_tables:
            for row in (await tx.execute(select(table))).mappings():
                assert not re.search(r"U0ANA|Ana R", str(dict(row))), table.name
    [left] = await messages(house.database)
    assert (left.type, left.state, left.user_id) == ("contact.erased", "delivered", None)


async def test_a_person_erased_while_they_are_told_of_is_told_to_be_erased_after(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    receiver.open.clear()
    await an_answer(house, score=9)
    await house.bot.postman.take_due()
    await erase(house)
    receiver.open.set()
    await bring(house)
    await house.later(seconds=ERASED_GRACE.total_seconds())
    await bring(house)
    assert receiver.types[-1] == "contact.erased"
    assert [each.type for each in await messages(house.database)] == ["contact.erased"]


async def test_an_endpoint_that_is_off_hears_of_an_erasure_once_it_is_on_again_by_our_number_only(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    for person in (ANA, KIM):
        await an_answer(house, person, score=9)
    await bring(house)
    await erase(house, ANA)
    async with house.database.transaction() as tx:
        await webhook_endpoints.pause(tx, endpoint, now=house.now)
    await erase(house, KIM)
    assert [each.user_id for each in await messages(house.database)] == [None, None]
    async with house.database.transaction() as tx:
        await webhook_endpoints.resume(tx, endpoint)
    await house.later(minutes=1)
    await bring(house)
    told = sorted(each.told["data"]["contact"]["id"] for each in receiver.of("contact.erased"))
    assert told == sorted(each.told["data"]["contact"]["id"] for each in receiver.of("response.recorded"))


async def test_an_erased_colleague_is_off_what_they_set_up(house: House, endpoint: WebhookEndpoint):
    await erase(house, ADMIN)
    async with house.database.reading() as tx:
        [left] = (await tx.scalars(select(WebhookEndpoint))).all()
    assert left.created_by is None


@on_sqlite
async def test_who_erases_themselves_is_told_of_too(house: House, endpoint: WebhookEndpoint, receiver: Receiver):
    await an_answer(house, KIM, score=9)
    async with house.database.transaction() as tx:
        await privacy.erase_answers(tx, "T0NORTH", KIM, now=house.now)
    await house.later(minutes=1)
    await bring(house)
    assert receiver.types == ["contact.erased"]
