"""Killed while Slack is being told: an alert may be said twice, a question never, and a history scope spares both."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from bot.rules.retry import PARKED_RECHECK
from storage.models import Delivery, Survey
from tests.fake_slack.faults import Gate
from tests.replicas.hosting import ALERTS, KIM, Post, held, keys_posted, let_pass, working
from tests.waiting import until

HISTORY = {"channels:history", "groups:history"}


async def killed_at(gate: Gate, post: Post) -> None:
    """Slack takes the message; the process that sent it never hears of it. A minute later the bot runs again."""
    await until(gate.reached.is_set, "a message on its way")
    post.bot.kill()
    posted = len(keys_posted(post.slack))
    gate.open()
    await until(lambda: len(keys_posted(post.slack)) > posted, "Slack to take it")
    await let_pass(post.database)
    await post.bot.start()


async def test_an_ask_whose_sender_was_killed_is_never_sent_again_and_its_answer_counts(tmp_path: Path) -> None:
    async with working(tmp_path) as post:
        gate = held(post.slack, "ask")
        await post.ask()
        await killed_at(gate, post)
        await post.answer()
        await until(lambda: post.slack.posts(ALERTS), "the alert")
        assert len(post.slack.posts(KIM)) == len(keys_posted(post.slack, "ask")) == 1


@pytest.mark.parametrize(("scopes", "times"), [(set(), 2), (HISTORY, 1)])
async def test_an_alert_whose_sender_was_killed_is_said_again_unless_history_shows_it(
    tmp_path: Path, scopes: set[str], times: int
) -> None:
    async with working(tmp_path, scopes=scopes) as post:
        gate = held(post.slack, "alert")
        await post.ask()
        await post.answer()
        await killed_at(gate, post)
        await until(lambda: post.is_sent("alert"), "the alert to be settled")
        assert len(keys_posted(post.slack, "alert")) == len(post.slack.posts(ALERTS)) == times


async def test_an_ask_whose_sender_was_killed_is_not_sent_again_after_a_pause_of_its_survey(tmp_path: Path) -> None:
    async with working(tmp_path) as post:
        gate = held(post.slack, "ask")
        await post.ask()
        await until(gate.reached.is_set, "the ask on its way")
        await pause(post, now=datetime.now(UTC))
        await killed_at(gate, post)
        await until(lambda: is_looked_at_again(post), "the ask to be looked at again")
        await pause(post, now=None)
        await let_pass(post.database, PARKED_RECHECK)
        await until(lambda: post.is_sent("ask"), "the ask to be settled")
        assert len(keys_posted(post.slack, "ask")) == 1


async def test_an_ask_whose_sender_was_killed_is_not_sent_again_after_trouble_with_the_database(tmp_path: Path) -> None:
    async with working(tmp_path) as post:
        gate = held(post.slack, "ask")
        await post.ask()
        await until(gate.reached.is_set, "the ask on its way")
        async with post.database.transaction() as tx:
            await tx.execute(text("ALTER TABLE contacts RENAME TO elsewhere"))
        await killed_at(gate, post)
        await until(lambda: is_looked_at_again(post), "the ask to be looked at again")
        async with post.database.transaction() as tx:
            await tx.execute(text("ALTER TABLE elsewhere RENAME TO contacts"))
        await let_pass(post.database)
        await until(lambda: post.is_sent("ask"), "the ask to be settled")
        assert len(keys_posted(post.slack, "ask")) == 1


async def pause(post: Post, *, now: datetime | None) -> None:
    async with post.database.transaction() as tx:
        await tx.execute(update(Survey).values(paused_at=now))


async def is_looked_at_again(post: Post) -> bool:
    """Whether a second worker has had it in hand, and put it away."""
    async with post.database.reading() as tx:
        ask = await tx.scalar(select(Delivery).where(Delivery.kind == "ask"))
        return ask.attempts > 1 and ask.due_at > datetime.now(UTC) and "outcome" in post.bot.said
