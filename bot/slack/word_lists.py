"""`/nps themes`, gathered as its reader may see it, and what they change in it."""

from bot.errors import InputRefused
from bot.rules.permissions import Permission
from bot.rules.themes import parsed
from bot.services import roles, suggestions, themes, word_lists
from bot.services.word_lists import Draft
from bot.slack.blocks.kit import Message
from bot.slack.blocks.themes import Listed, theme_list
from bot.slack.middleware import Desk
from bot.slack.submissions import Submission
from bot.texts.speakers import LANGUAGES
from storage.database import Transaction


async def listed(desk: Desk) -> Message:
    caller = await desk.require(Permission.READ)
    async with desk.reading() as tx:
        known = await themes.word_list(tx, desk.workspace_id)
        found = Listed(
            known,
            await suggestions.suggested(tx, desk.workspace_id, known, now=desk.now),
            is_manager=await roles.allows(tx, caller, Permission.CONFIGURE),
            is_reading=await themes.is_reading(tx, desk.workspace_id),
        )
    return theme_list(found)


async def save(tx: Transaction, desk: Desk, sent: Submission, key: str | None) -> None:
    """Raises InputRefused and ThemeGone."""
    if key is not None and sent.ticked("remove"):
        await word_lists.remove(tx, desk.workspace_id, key)
    elif key is not None and sent.ticked("restore"):
        await word_lists.restore(tx, desk.workspace_id, key)
    else:
        await word_lists.save(tx, desk.workspace_id, _draft(sent, key))


def _draft(sent: Submission, key: str | None) -> Draft:
    name = sent.text("name")
    if name is None:
        raise InputRefused(field="name", because="theme_name_length")
    words = {language: parsed(sent.text(language) or "") for language in LANGUAGES}
    return Draft(key, " ".join(name.split()), words)
