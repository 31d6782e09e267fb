"""
Themes: what comments are about, by the workspace's own list of words.

A comment is read when it is told or changed, in the same transaction, so that views only count. When somebody edits
the list, or a new version brings other words, all of them are read again, some at a time. What a colleague said of a
comment ("about price", "not about speed") outlives that and ends only with the comment: other words are another matter.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence

from bot.errors import CommentGone, ThemeGone
from bot.rules.stems import folded
from bot.rules.theme_words import MEANINGLESS, NAMES, WORDS
from bot.rules.themes import DEFAULTS, Theme, Words, reader
from storage import themes as queries
from storage.database import Transaction
from storage.models import OwnTheme, Reading, Response, WordList
from storage.themes import Comment

READING = 1  # raise it when comments are to be read in another way
MADE_OF = hashlib.sha256(repr((READING, NAMES, WORDS, MEANINGLESS)).encode()).hexdigest()[:16]

__all__ = ["Comment", "Theme", "Words"]


async def word_list(tx: Transaction, workspace_id: str) -> Sequence[Theme]:
    """The themes there are: those the software brings as the workspace has them, then its own."""
    changed = {each.key: each for each in await queries.own(tx, workspace_id)}
    known = [_as_changed(each, changed.pop(each.key, None)) for each in DEFAULTS]
    return [each for each in [*known, *map(_added, changed.values())] if each is not None]


async def told(tx: Transaction, response: Response, *, language: str) -> None:
    """A comment is new, or changed, or taken back."""
    if response.is_rehearsal:
        return
    await _lean_on(tx, response.workspace_id)
    await queries.forget(tx, response.id)
    if response.comment:
        await read(tx, response.workspace_id, [Comment(response.id, response.comment, language)])


async def told_all(tx: Transaction, workspace_id: str, comments: Sequence[Comment]) -> None:
    """Many new ones at once."""
    if comments:
        await _lean_on(tx, workspace_id)
        await read(tx, workspace_id, comments)


async def read_again(tx: Transaction, *, limit: int) -> int:
    """Read so many comments with the list as it is now, where it is another than it was; how many that were."""
    workspace_id = await queries.outdated(tx, made_of=MADE_OF)
    if workspace_id is None:
        return 0
    held = await hold(tx, workspace_id)
    begun = held.read_until or 0 if held.made_of == MADE_OF else 0
    comments = await queries.comments_after(tx, workspace_id, begun, limit=limit)
    await read(tx, workspace_id, comments)
    last = comments[-1].response_id if len(comments) == limit else None
    await queries.read_until(tx, workspace_id, last, made_of=MADE_OF)
    return len(comments)


async def is_reading(tx: Transaction, workspace_id: str) -> bool:
    """Whether some comments have not been read with the list as it is now."""
    known = await queries.get(tx, workspace_id)
    return known is None or known.read_until is not None or known.made_of != MADE_OF


async def read(tx: Transaction, workspace_id: str, comments: Sequence[Comment]) -> None:
    """Find the themes of some comments; what colleagues said of them decides."""
    themes = await word_list(tx, workspace_id)
    said = await _corrections(tx, [each.response_id for each in comments])
    found = [_reading(each, themes, said.get(each.response_id, {})) for each in comments]
    await queries.keep_readings(tx, found)


async def correct(tx: Transaction, response: Response, key: str, *, is_about: bool) -> None:
    """A colleague knows better than the list. Raises ThemeGone, and CommentGone where there is none any more."""
    await _lean_on(tx, response.workspace_id)
    if key not in {each.key for each in await word_list(tx, response.workspace_id)}:
        raise ThemeGone
    reading = await queries.reading_held(tx, response.id)
    if reading is None:
        raise CommentGone
    await queries.correct(tx, response.id, key, is_about=is_about)
    themes = {*reading.themes, key} if is_about else {*reading.themes} - {key}
    await queries.set_themes(tx, response.id, themes)


async def begin_again(tx: Transaction, workspace_id: str) -> None:
    """The list is about to change: nobody else does before this transaction ends, and all comments are read again."""
    await hold(tx, workspace_id)
    await queries.read_until(tx, workspace_id, 0, made_of=MADE_OF)


async def forget_person(tx: Transaction, contact_id: int) -> None:
    """They are being erased: what was found in their comments goes first."""
    await queries.forget_person(tx, contact_id)


async def hold(tx: Transaction, workspace_id: str) -> WordList:
    """Nobody else changes the list, or reads by it, before this transaction ends."""
    held = await queries.hold(tx, workspace_id)
    if held is None:
        await queries.begin(tx, workspace_id, made_of=MADE_OF)
        held = await queries.hold(tx, workspace_id)
    if held is None:
        raise LookupError(f"workspace {workspace_id} has no word list")
    return held


def _reading(comment: Comment, themes: Sequence[Theme], said: Mapping[str, bool]) -> Reading:
    found = {*reader(themes, comment.language).themes_of(comment.text)} | {
        key for key, is_about in said.items() if is_about
    }
    kept = (each.key for each in themes if each.key in found and said.get(each.key, True))
    return Reading(response_id=comment.response_id, themes=tuple(sorted(kept)), folded=folded(comment.text))


async def _corrections(tx: Transaction, response_ids: Collection[int]) -> Mapping[int, Mapping[str, bool]]:
    found: dict[int, dict[str, bool]] = {}
    for each in await queries.corrections(tx, response_ids):
        found.setdefault(each.response_id, {})[each.theme] = each.is_about
    return found


def _as_changed(theme: Theme, row: OwnTheme | None) -> Theme | None:
    if row is None:
        return theme
    if row.is_removed:
        return None
    words = unpacked(row.words) if row.has_own_words else theme.words
    return Theme(theme.key, row.name or theme.name, words, is_default=not row.has_own_words and row.name is None)


def _added(row: OwnTheme) -> Theme | None:
    return None if row.is_removed else Theme(row.key, row.name or "", unpacked(row.words), is_default=False)


def packed(words: Mapping[str, Collection[str]]) -> dict[str, str]:
    return {language: ", ".join(several) for language, several in words.items() if several}


def unpacked(words: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {language: tuple(several.split(", ")) for language, several in words.items()}


async def _lean_on(tx: Transaction, workspace_id: str) -> None:
    if not await queries.lean_on(tx, workspace_id):
        await queries.begin(tx, workspace_id, made_of=MADE_OF)
