"""A reply to a customer leaves once: killed while Slack is being told, or before."""

from pathlib import Path

from sqlalchemy import select

from storage.models import Delivery, FollowUp, FollowUpStep
from tests.fake_slack import Message
from tests.replicas.hosting import ALERTS, BO, KIM, Post, held, keys_posted, let_pass, working
from tests.replicas.test_interrupted_posts import killed_at
from tests.waiting import until

WORDS = "Sorry, we are on it."


async def answered(post: Post) -> Message:
    """Kim is unhappy, and the team knows."""
    await post.ask()
    await post.answer()
    return (await until(lambda: post.slack.posts(ALERTS), "the alert"))[0]


async def previewed(post: Post, alert: Message) -> None:
    assert (await post.slack.click(BO, alert, "reply_privately")).ok
    await until(lambda: post.slack.open_view(BO), "the window")
    assert (await post.slack.submit(BO, {"words": WORDS})).ok


async def contacted(post: Post) -> bool:
    async with post.database.reading() as tx:
        return (await tx.scalars(select(FollowUp.contacted_at))).one() is not None


async def is_put_off(post: Post) -> bool:
    async with post.database.reading() as tx:
        return (await tx.scalar(select(Delivery.because).where(Delivery.kind == "reply"))) == "ratelimited"


def replies(post: Post) -> list[Message]:
    return [each for each in post.slack.posts(KIM) if WORDS in each.shown]


async def test_a_reply_whose_sender_was_killed_is_never_sent_again_and_its_writer_hears_so(tmp_path: Path) -> None:
    async with working(tmp_path) as post:
        alert = await answered(post)
        await previewed(post, alert)
        gate = held(post.slack, "reply")
        assert (await post.slack.submit(BO)).ok
        await killed_at(gate, post)
        await until(lambda: [each for each in post.slack.posts(BO) if "did not tell me whether" in each.shown], "news")
        assert len(replies(post)) == len(keys_posted(post.slack, "reply")) == 1
        assert await contacted(post)


async def test_a_reply_whose_process_was_killed_before_it_left_leaves_once(tmp_path: Path) -> None:
    async with working(tmp_path) as post:
        alert = await answered(post)
        await previewed(post, alert)
        post.slack.fail_next("chat.postMessage", retry_after=30, when=lambda args: args["channel"] == KIM)
        assert (await post.slack.submit(BO)).ok
        await until(lambda: is_put_off(post), "the reply to be put off")
        post.bot.kill()
        await let_pass(post.database)
        await post.bot.start()
        await until(lambda: contacted(post), "the reply to arrive", within=20)
        assert len(replies(post)) == 1
        async with post.database.reading() as tx:
            steps = (await tx.scalars(select(FollowUpStep.what).order_by(FollowUpStep.id))).all()
        assert steps.count("replied") == 1
