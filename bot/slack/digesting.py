"""Digesting: from what a colleague typed or chose to a digest, now for themselves or once a week for a channel."""

from bot.services import audiences, digests, editions, surveys
from bot.services.digests import Choice
from bot.services.reports import Slice
from bot.slack.blocks import digest_setup as setup_blocks
from bot.slack.blocks import digests as blocks
from bot.slack.blocks.digest_setup import Draft
from bot.slack.blocks.kit import Message
from bot.slack.middleware import Desk
from bot.slack.submissions import Submission
from storage.models import Digest


async def shown_now(desk: Desk) -> Message:
    """The last seven days for whoever asks: as the digest of the channel they are in has it, else of everybody."""
    time_zone = (await desk.person()).time_zone
    async with desk.reading() as tx:
        known = await digests.of_workspace(tx, desk.workspace_id)
        here = next((each for each in known if each.channel_id == desk.origin.channel_id), None)
        facts = await editions.facts_now(tx, here or _of_everybody(desk, time_zone), now=desk.now)
    return blocks.digest_message(facts) if facts.summary.has_news else blocks.nothing_new(facts)


async def listed(desk: Desk) -> Message:
    async with desk.reading() as tx:
        found = await digests.of_workspace(tx, desk.workspace_id)
        names = {each.id: each.name for each in await surveys.all_of(tx, desk.workspace_id)}
    return setup_blocks.digest_list(found, names=names)


async def drafted(desk: Desk, digest_id: int) -> Draft:
    """A digest as it stands, or a new one where there is none with that id."""
    time_zone = (await desk.person()).time_zone
    async with desk.reading() as tx:
        digest = await digests.get(tx, digest_id, workspace_id=desk.workspace_id)
        known = await surveys.all_of(tx, desk.workspace_id)
        offer = await audiences.offer(tx, desk.workspace_id)
    return Draft(
        digests.choice_of(digest) if digest else None,
        digest.id if digest else None,
        digest.time_zone if digest else time_zone,
        [(each.id, each.name) for each in known if surveys.gives_scores(each)],
        offer.segments,
    )


def chosen(sent: Submission) -> Choice:
    """What stands in the modal."""
    owner = sent.text("owner")
    within = Slice(tuple(map(int, sent.chosen("surveys"))), (owner,) if owner else (), sent.chosen("segments"))
    weekday, hour = int(sent.text("weekday") or 0), int(sent.text("hour") or 0)
    return Choice(sent.text("channel") or "", weekday, hour, within, is_paused=sent.ticked("paused"))


def _of_everybody(desk: Desk, time_zone: str | None) -> Digest:
    """One that is set up nowhere."""
    return Digest(
        workspace_id=desk.workspace_id,
        channel_id="",
        weekday=0,
        hour=0,
        time_zone=time_zone,
        created_at=desk.now,
        due_at=desk.now,
    )
