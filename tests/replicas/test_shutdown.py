"""SIGTERM: nothing new is taken, what is in hand is finished, and the process ends well within seconds."""

import asyncio
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.models import FollowUp, Response
from tests.live.bot_process import BotProcess, status
from tests.replicas.hosting import ALERTS, KIM, Post, held, working
from tests.replicas.pair import CY, all_at_once, are_waiting
from tests.waiting import until

FEW_SECONDS = 8.0  # on a busy machine; usually it takes half a second
PATIENCE = 30.0  # how long Slack waits for an answer here, so that a slow machine is not taken for a lost click


async def test_a_click_in_hand_is_answered_and_kept_over_http(tmp_path: Path) -> None:
    async with working(tmp_path) as post:
        claim, gate = await _claim_in_hand(post)
        post.bot.terminate()
        await _no_longer_listening(post.bot)
        gate.open()
        await _ends_well(post.bot)
        assert (await claim).ok
        assert await _claimed_by(post) == CY


async def test_a_click_in_hand_is_answered_and_kept_over_socket_mode(tmp_path: Path) -> None:
    async with working(tmp_path, transport="socket") as post:
        claim, gate = await _claim_in_hand(post)
        post.bot.terminate()
        gate.open()
        await _ends_well(post.bot)
        assert (await claim).ok
        assert await _claimed_by(post) == CY


async def test_a_click_that_waits_for_the_database_is_answered_and_kept(tmp_path: Path, postgres_url: str) -> None:
    async with working(tmp_path, url=postgres_url) as post:
        post.slack.ack_timeout = PATIENCE
        await post.ask()
        card = await post.card()
        async with all_at_once(post.database, "responses", parties=1):
            click = asyncio.create_task(post.slack.click(KIM, card, "score_3"))
            await until(lambda: are_waiting(post.database, 1), "the click to wait")
            post.bot.terminate()
            await _no_longer_listening(post.bot)
        await _ends_well(post.bot)
        assert (await click).ok
        async with post.database.reading() as tx:
            assert (await tx.scalars(select(Response.score))).all() == [3]


async def test_a_message_that_slack_takes_slowly_is_seen_off_and_settled(tmp_path: Path) -> None:
    async with working(tmp_path) as post:
        gate = held(post.slack, "ask")
        await post.ask()
        await until(gate.reached.is_set, "the ask on its way")
        post.bot.terminate()
        await _no_longer_listening(post.bot)
        gate.open()
        await _ends_well(post.bot)
        assert len(post.slack.posts(KIM)) == 1
        assert await post.is_sent("ask")


async def test_the_modal_and_the_thanks_of_an_answered_click_still_come(tmp_path: Path) -> None:
    async with working(tmp_path) as post:
        gate = post.slack.slow_next("views.open")
        await post.ask()
        await post.slack.click(KIM, await post.card(), "score_3")
        await until(gate.reached.is_set, "the modal on its way")
        post.bot.terminate()
        await _no_longer_listening(post.bot)
        gate.open()
        await _ends_well(post.bot)
        assert post.slack.open_view(KIM)
        assert "Your score is 3" in (await post.card()).shown


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_a_process_with_nothing_in_hand_ends_at_once(tmp_path: Path, transport: str) -> None:
    async with working(tmp_path, transport=transport) as post:
        post.bot.terminate()
        await _ends_well(post.bot)


async def _claim_in_hand(post: Post):
    """A colleague claims an alert; the bot has to ask Slack first who that is, and Slack takes its time."""
    post.slack.add_user(CY, name="cy")
    post.slack.join(ALERTS, CY)
    await post.ask()
    await post.answer()
    [alert] = await until(lambda: post.slack.posts(ALERTS), "the alert")
    post.slack.ack_timeout = PATIENCE
    gate = post.slack.slow_next("users.info", when=lambda args: args["user"] == CY)
    claim = asyncio.create_task(post.slack.click(CY, alert, "claim"))
    await until(gate.reached.is_set, "the claim in hand")
    return claim, gate


async def _claimed_by(post: Post) -> str | None:
    async with post.database.reading() as tx:
        return await tx.scalar(select(FollowUp.claimed_by))


async def _no_longer_listening(bot: BotProcess) -> None:
    await until(lambda: _is_closed(bot), "the door to close")


async def _is_closed(bot: BotProcess) -> bool:
    return await status(f"{bot.url}/healthz") is None


async def _ends_well(bot: BotProcess) -> None:
    began = time.monotonic()
    assert await bot.ended() == 0, bot.said
    assert time.monotonic() - began < FEW_SECONDS
    assert "Traceback" not in bot.said
