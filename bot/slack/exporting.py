"""From what a colleague wants to see to a file of it: the order, and what it means when the file is written."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.rules import wanted as words
from bot.rules.answer_files import Format
from bot.rules.permissions import Permission
from bot.rules.wanted import Wanted
from bot.services import answer_files, file_orders, scopes
from bot.services.answer_files import AnswerFile
from bot.services.dimensions import Asker
from bot.services.scopes import Scope
from bot.slack import files
from bot.slack.blocks import answer_files as blocks
from bot.slack.blocks.kit import Message
from bot.slack.middleware import Desk
from bot.slack.scopes import FILES
from storage.database import Transaction
from storage.models import FileOrder

VIEW = "export"


@dataclass(frozen=True)
class Meant:
    """What an order is for."""

    scope: Scope
    answers: AnswerFile


def formatted(wanted: Wanted) -> tuple[Wanted, Format]:
    """What is wanted without the word for its format: "jsonl"."""
    named = [word for word in wanted.rest if word.lower() in list(Format)]
    rest = tuple(word for word in wanted.rest if word not in named)
    return replace(wanted, rest=rest), Format(named[-1].lower()) if named else Format.CSV


async def order(desk: Desk, scope: Scope, format: Format = Format.CSV) -> Message:  # noqa: A002 - the word for it
    """
    Have a file of these answers written and brought to whoever acts; what they are told at once. Raises NotAllowed.

    It holds what its reader may read here anyway, so who may read may have it.
    """
    await desk.require(Permission.READ)
    if not files.may_upload(desk.office.scopes):
        return blocks.file_not_allowed(FILES)
    kept = replace(scope.wanted, view=VIEW, rest=(), page=1).words
    async with desk.transaction() as tx:
        is_first = await file_orders.order(tx, desk.workspace_id, desk.user_id, words=kept, format=format, now=desk.now)
    desk.office.wake_scribe()
    return blocks.file_ordered(scope) if is_first else blocks.file_waits()


async def meant(tx: Transaction, order: FileOrder, *, now: datetime) -> Meant:
    """Raises NotUnderstood where what it names is gone since."""
    wanted = words.read(words.tokens(order.words), views=(VIEW,), free=(), today=now.date())
    scope = await scopes.resolve(tx, Asker(order.workspace_id, order.user_id, VIEW), wanted, now=now)
    return Meant(scope, await answer_files.of_scope(tx, order.workspace_id, scope, now=now))
