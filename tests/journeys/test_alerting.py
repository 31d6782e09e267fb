"""Alerting: an unhappy answer reaches the team once, in time, and somebody ends it."""

from itertools import pairwise

import pytest
from sqlalchemy import select

from storage.models import Delivery, FollowUp, FollowUpStep
from tests.house import ALERTS, ANA, BO, CY, GENERAL, GUEST, HELP, House

COMMENT = "Exports time out every Monday."


async def follow_ups(house: House) -> list[FollowUp]:
    async with house.database.reading() as tx:
        return list((await tx.scalars(select(FollowUp))).all())


async def unhappy(house: House, score: int = 4, comment: str | None = COMMENT, **values: object):
    """Somebody answers, and the alert stands in the channel."""
    card = await house.ask()
    await house.click_score(ANA, card, score)
    await house.comment(ANA, comment, **values)
    await house.settle()
    return house.alerts()[-1]


async def test_an_alert_leaves_at_once_when_the_comment_arrives(house: House):
    await house.choose_channel()
    await house.click_score(ANA, await house.ask(), 4)
    assert house.alerts() == []
    await house.comment(ANA, COMMENT)
    assert COMMENT in house.alerts()[-1].shown


async def test_an_alert_without_a_comment_leaves_after_five_minutes(house: House):
    await house.choose_channel()
    await house.click_score(ANA, await house.ask(), 4)
    await house.later(minutes=4)
    assert house.alerts() == []
    await house.later(minutes=1)
    assert len(house.alerts()) == 1


@pytest.mark.parametrize(
    ("score", "values", "alerted"),
    [
        (6, {}, True),
        (7, {}, False),
        (10, {}, False),
        (9, {"solved": "no"}, True),
        (9, {"solved": "partly"}, False),
        (10, {"reply": ["yes"]}, True),
    ],
)
async def test_low_scores_unsolved_cases_and_wanted_replies_are_alerted(small_house: House, score, values, alerted):
    await small_house.choose_channel()
    await small_house.click_score(ANA, await small_house.ask_in_thread(), score)
    await small_house.comment(ANA, **values)
    await small_house.later(minutes=6)
    assert bool(small_house.alerts()) is alerted


async def test_a_later_comment_redraws_the_alert_instead_of_sending_another(house: House):
    await house.choose_channel()
    card = await house.ask()
    await house.click_score(ANA, card, 4)
    await house.slack.close_view(ANA)
    await house.later(minutes=6)
    await house.slack.click(ANA, house.card(card), "change_answer")
    await house.settle()
    await house.comment(ANA, COMMENT)
    await house.later(seconds=30)
    [alert] = house.alerts()
    assert COMMENT in alert.shown


async def test_a_score_that_rises_after_the_alert_says_so_on_the_card(house: House):
    await house.choose_channel()
    await unhappy(house)
    card = house.cards(house.slack.dm_of(ANA))[-1]
    await house.slack.click(ANA, card, "change_answer")
    await house.settle()
    view = house.slack.open_view(ANA)
    await house.slack.select(ANA, view, "score_picked", f"{(await follow_ups(house))[0].response_id}:9")
    await house.later(seconds=30)
    assert "*Ana Ruiz: 9* (was 4)" in house.alerts()[-1].shown


async def test_a_score_that_rises_before_anybody_was_told_sends_nothing(house: House):
    await house.choose_channel()
    card = await house.ask()
    await house.click_score(ANA, card, 4)
    await house.slack.click(ANA, card, "score_9", stale=True)
    await house.later(minutes=6)
    assert house.alerts() == []
    [follow_up] = await follow_ups(house)
    assert (follow_up.state, follow_up.outcome) == ("resolved", "changed_mind")


async def test_a_score_that_falls_again_is_alerted_after_all(house: House):
    await house.choose_channel()
    card = await house.ask()
    for score in (4, 9, 3):
        await house.slack.click(ANA, card, f"score_{score}", stale=True)
        await house.settle()
    await house.later(minutes=6)
    assert "Ana Ruiz: 3" in house.alerts()[-1].shown


async def test_a_mention_in_a_comment_notifies_nobody(small_house: House):
    await small_house.choose_channel()
    alert = await unhappy(small_house, comment="<!channel> & <@U0BO> @here *bold*")
    sent = small_house.slack.calls_to("chat.postMessage")[-1].args
    assert "<!channel>" not in sent["text"]
    assert f"<@{BO}>" not in sent["text"].split('"')[-2]
    assert "<!channel> & <@U0BO> @here *bold*" in alert.shown


async def test_a_long_comment_is_cut_and_can_be_read_whole(small_house: House):
    await small_house.choose_channel()
    comment = "Everything is slow. " * 140
    alert = await unhappy(small_house, comment=comment.strip())
    assert "…" in alert.shown
    assert len(alert.shown) < 800
    await small_house.slack.click(CY, alert, "read_all")
    await small_house.settle()
    assert comment.strip() in small_house.slack.open_view(CY).shown


async def test_of_two_who_take_it_at_once_one_wins_and_the_other_sees_who(house: House):
    await house.choose_channel()
    alert = await unhappy(house)
    await house.slack.click(BO, alert, "claim")
    await house.slack.click(CY, alert, "claim", stale=True)
    await house.settle()
    [follow_up] = await follow_ups(house)
    assert follow_up.claimed_by == BO
    assert f"<@{BO}> was faster" in house.slack.ephemerals_for(CY)[-1].shown


async def test_taking_ones_own_again_changes_nothing(small_house: House):
    await small_house.choose_channel()
    alert = await unhappy(small_house)
    for _ in range(2):
        await small_house.slack.click(BO, alert, "claim", stale=True)
        await small_house.settle()
    async with small_house.database.reading() as tx:
        steps = (await tx.scalars(select(FollowUpStep.what).order_by(FollowUpStep.id))).all()
    assert steps == ["opened", "claimed"]


async def test_resolving_needs_an_outcome_a_cause_and_a_note(small_house: House):
    await small_house.choose_channel()
    alert = await unhappy(small_house)
    await small_house.slack.click(CY, alert, "resolve")
    await small_house.settle()
    ack = await small_house.slack.submit(CY, {"outcome": "fixed", "root_cause": "product", "note": "   "})
    assert "note" in ack.body["errors"]
    await small_house.slack.submit(CY, {"outcome": "fixed", "root_cause": "product", "note": "Raised it."})
    await small_house.settle()
    assert "Raised it." in small_house.card(alert).shown
    assert "fixed (product)" in small_house.card(alert).shown


async def test_two_resolutions_at_once_keep_the_first_and_the_second_loses_no_words(small_house: House):
    await small_house.choose_channel()
    alert = await unhappy(small_house)
    for person in (BO, CY):
        await small_house.slack.click(person, alert, "resolve")
        await small_house.settle()
    values = {"outcome": "fixed", "root_cause": "product", "note": "Mine."}
    assert (await small_house.slack.submit(BO, values)).body in ("", None)
    ack = await small_house.slack.submit(CY, values)
    assert "Bo Lind has resolved it already." in ack.body["errors"].values()


async def test_a_resolved_follow_up_can_be_reopened_and_its_note_stays_in_the_log(house: House):
    await house.choose_channel()
    alert = await unhappy(house)
    await house.slack.click(CY, alert, "resolve")
    await house.settle()
    await house.slack.submit(CY, {"outcome": "explained", "root_cause": "person", "note": "Called her."})
    await house.settle()
    await house.slack.click(BO, house.card(alert), "reopen")
    await house.settle()
    assert "I'll take it" in house.card(alert).shown
    async with house.database.reading() as tx:
        notes = (await tx.scalars(select(FollowUpStep.note).order_by(FollowUpStep.id))).all()
    assert notes == [None, "Called her.", None]


async def test_guests_cannot_take_an_alert(small_house: House):
    await small_house.choose_channel(HELP)
    card = await small_house.ask()
    await small_house.click_score(ANA, card, 2)
    await small_house.comment(ANA, COMMENT)
    alert = small_house.alerts(HELP)[-1]
    await small_house.slack.click(GUEST, alert, "claim")
    await small_house.settle()
    assert "Guests" in small_house.slack.ephemerals_for(GUEST)[-1].shown
    assert (await follow_ups(small_house))[0].state == "open"


# what keeps alerts back


async def parked(house: House) -> list[str | None]:
    async with house.database.reading() as tx:
        rows = await tx.scalars(select(Delivery.obstacle).where(Delivery.state == "parked"))
        return list(rows.all())


async def test_before_a_channel_is_chosen_alerts_are_kept_and_then_sent(house: House):
    await house.click_score(ANA, await house.ask(), 1)
    await house.comment(ANA, COMMENT)
    assert await parked(house) == ["no_channel"]
    assert "Where should alerts go?" in house.cards(house.slack.dm_of(BO))[-1].shown
    await house.choose_channel()
    assert COMMENT in house.alerts()[-1].shown


async def test_a_channel_the_bot_is_not_in_parks_the_alert_until_it_is_invited(house: House):
    await house.choose_channel()
    house.slack.kick(ALERTS, house.slack.bot_user_id)
    await house.click_score(ANA, await house.ask(), 1)
    await house.comment(ANA, COMMENT)
    assert await parked(house) == ["not_in_channel"]
    notices = [each for each in house.cards(house.slack.dm_of("U0ADMIN")) if "/invite" in each.shown]
    assert len(notices) == 1
    await house.slack.invite(ALERTS, house.slack.bot_user_id)
    await house.later(seconds=2)
    assert COMMENT in house.alerts()[-1].shown


async def test_the_admins_are_told_once_for_one_stretch_of_trouble(small_house: House):
    await small_house.choose_channel()
    small_house.slack.archive(ALERTS)
    for person in (ANA, "U0KIM"):
        await small_house.click_score(person, await small_house.ask(person), 1)
        await small_house.comment(person, COMMENT)
    await small_house.later(hours=5)
    told = [each for each in small_house.cards(small_house.slack.dm_of("U0ADMIN")) if "archived" in each.shown]
    assert len(told) == 1
    await small_house.slack.unarchive(ALERTS)
    await small_house.later(hours=2)
    assert len(small_house.alerts()) == 2


async def test_an_alert_channel_that_becomes_shared_is_stopped_and_the_admins_told(house: House):
    await house.choose_channel()
    await house.slack.share(ALERTS, "T0OTHER")
    await house.settle()
    await house.click_score(ANA, await house.ask(), 1)
    await house.comment(ANA, COMMENT)
    assert house.alerts() == []
    assert "shared with another company" in house.cards(house.slack.dm_of("U0ADMIN"))[-1].shown
    await house.nps("U0ADMIN", "surveys")
    assert "stopped since it is shared" in house.slack.ephemerals_for("U0ADMIN")[-1].shown


async def test_even_without_the_event_no_alert_goes_to_a_shared_channel(small_house: House):
    await small_house.choose_channel()
    small_house.slack.share(ALERTS, "T0OTHER")
    small_house.bot.people.forget_channel(ALERTS)
    await small_house.click_score(ANA, await small_house.ask(), 1)
    await small_house.comment(ANA, COMMENT)
    assert small_house.alerts() == []
    assert await parked(small_house) == ["shared"]


async def test_choosing_another_channel_sends_what_was_kept_back(small_house: House):
    await small_house.choose_channel()
    await small_house.slack.share(ALERTS, "T0OTHER")
    await small_house.click_score(ANA, await small_house.ask(), 1)
    await small_house.comment(ANA, COMMENT)
    notice = small_house.cards(small_house.slack.dm_of("U0ADMIN"))[-1]
    await small_house.slack.select("U0ADMIN", notice, "move_channel", GENERAL)
    await small_house.later(seconds=5)
    assert COMMENT in small_house.alerts(GENERAL)[-1].shown


async def test_a_missing_scope_parks_the_alert_and_the_next_start_sends_it(small_house: House):
    await small_house.choose_channel()
    small_house.slack.fail_next("chat.postMessage", error="missing_scope", when=lambda args: args["channel"] == ALERTS)
    await small_house.click_score(ANA, await small_house.ask(), 1)
    await small_house.comment(ANA, COMMENT)
    assert await parked(small_house) == ["scope_missing"]
    await small_house.later(hours=1)
    assert COMMENT in small_house.alerts()[-1].shown


async def test_when_slack_says_wait_the_alert_waits_as_long_as_it_was_told(house: House):
    await house.choose_channel()
    house.slack.fail_next("chat.postMessage", retry_after=30, when=lambda args: args["channel"] == ALERTS)
    await house.click_score(ANA, await house.ask(), 1)
    await house.comment(ANA, COMMENT)
    await house.later(seconds=20)
    assert house.alerts() == []
    await house.later(seconds=10)
    assert len(house.alerts()) == 1


async def test_an_alert_whose_result_was_lost_is_sent_again(house: House):
    await house.choose_channel()
    house.slack.drop_next("chat.postMessage", after_effect=True, when=lambda args: args["channel"] == ALERTS)
    await house.click_score(ANA, await house.ask(), 1)
    await house.comment(ANA, COMMENT)
    await house.later(minutes=2)
    assert len(house.alerts()) == 2


async def test_many_alerts_leave_one_a_second_and_none_is_lost(house: House):
    await house.choose_channel()
    for person in (ANA, "U0KIM", "U0GUEST"):
        await house.click_score(person, await house.ask(person), 1)
        await house.later(seconds=2)
    await house.later(minutes=6)
    for _ in range(3):
        await house.later(seconds=2)
    assert len(house.alerts()) == 3
    times = [call.at for call in house.slack.calls_to("chat.postMessage") if call.args["channel"] == ALERTS]
    assert all(later - earlier >= 1 for earlier, later in pairwise(times))
