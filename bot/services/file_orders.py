"""
File orders: files that colleagues asked for and were not sent yet.

A long file outlives the process that writes it: whoever begins one takes its order for a while, and who finds an order
that nobody holds any more writes it again. Where somebody is erased meanwhile, a file that may hold their answers is
written again, too.
"""

from datetime import datetime, timedelta

from bot.rules.answer_files import Format
from bot.services import deliveries
from storage import file_orders as queries
from storage.database import Transaction
from storage.models import FileOrder

LEASE = timedelta(minutes=20)  # longer than a file takes to be written, and Slack to take it
AGAIN_IN = timedelta(minutes=1)
MOST_ATTEMPTS = 3
FAILED, NOT_ALLOWED = "file_failed", "file_not_allowed"  # what a notice is about


async def order(
    tx: Transaction,
    workspace_id: str,
    user_id: str,
    *,
    words: str,
    format: Format,  # noqa: A002 - the word for it
    now: datetime,
) -> bool:
    """False where they wait for a file already: one after the other."""
    wanted = FileOrder(
        workspace_id=workspace_id, user_id=user_id, words=words, format=format, ordered_at=now, due_at=now
    )
    return await queries.keep(tx, wanted)


async def take(tx: Transaction, workspace_id: str, *, now: datetime) -> FileOrder | None:
    return await queries.take(tx, workspace_id, due_by=now, until=now + LEASE)


async def give_back(tx: Transaction, order: FileOrder, *, now: datetime) -> None:
    """Not written, through no fault of its own: somebody else begins at once."""
    await queries.put_back(tx, order, attempts=order.attempts - 1, due_at=now)


async def held_up(tx: Transaction, order: FileOrder, *, now: datetime) -> None:
    """Slack asks for patience, which is no failure."""
    await queries.put_back(tx, order, attempts=order.attempts - 1, due_at=now + AGAIN_IN)


async def failed(tx: Transaction, order: FileOrder, *, now: datetime) -> None:
    """Tried again, and in the end whoever asked hears that it could not be done."""
    if order.attempts < MOST_ATTEMPTS:
        await queries.put_back(tx, order, attempts=order.attempts, due_at=now + AGAIN_IN)
    else:
        await give_up(tx, order, now=now)


async def give_up(tx: Transaction, order: FileOrder, *, now: datetime) -> None:
    await _tell(tx, order, FAILED, now=now)


async def not_allowed(tx: Transaction, order: FileOrder, *, now: datetime) -> None:
    """Slack lets us upload nothing; whoever asked hears who can mend that."""
    await _tell(tx, order, NOT_ALLOWED, now=now)


async def is_current(tx: Transaction, order: FileOrder) -> bool:
    """Whether nobody was erased since it was taken."""
    return await queries.is_current(tx, order)


async def finish(tx: Transaction, order: FileOrder) -> bool:
    """False where somebody was erased since it was taken: what was sent is to be taken back."""
    return await queries.remove(tx, order)


async def somebody_erased(tx: Transaction, workspace_id: str) -> None:
    await queries.count_round(tx, workspace_id)


async def forget_colleague(tx: Transaction, workspace_id: str, user_id: str) -> None:
    await queries.forget(tx, workspace_id, user_id)


async def _tell(tx: Transaction, order: FileOrder, topic: str, *, now: datetime) -> None:
    await queries.forget(tx, order.workspace_id, order.user_id)
    mark = f"{topic}:{order.id}"
    await deliveries.tell(tx, order.workspace_id, order.user_id, topic, mark=mark, now=now)
