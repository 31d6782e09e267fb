"""Word lists: what managers do to the themes of their workspace. Every change has all comments read again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.errors import InputRefused, ThemeGone
from bot.rules.stems import folded
from bot.rules.themes import DEFAULTS, LONGEST_LIST, LONGEST_NAME, LONGEST_WORD, MOST_THEMES, Theme, says_something
from bot.services import themes
from storage import word_lists as queries
from storage.database import Transaction
from storage.models import OwnTheme

OWN = "own-"  # + a number, the key of a theme somebody added
BROUGHT = {each.key: each for each in DEFAULTS}


@dataclass(frozen=True)
class Draft:
    """A theme as somebody wants it. `key` None: a new one; `words` by language."""

    key: str | None
    name: str
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)


async def save(tx: Transaction, workspace_id: str, draft: Draft) -> None:
    """Raises InputRefused for what no list can hold, ThemeGone when somebody else took it out."""
    known = await _held(tx, workspace_id)
    _check(draft, known)
    words = {language: tuple(several) for language, several in draft.words.items() if several}
    if draft.key is None:
        await _add(tx, workspace_id, draft.name, words)
        return
    before = _of_key(known, draft.key)
    if (before.name, dict(before.words)) != (draft.name, words):
        await _change(tx, workspace_id, draft.key, draft.name, words)


async def add_word(tx: Transaction, workspace_id: str, key: str, word: str, *, language: str) -> None:
    """One word more, once. Raises ThemeGone, and InputRefused where there is no room."""
    theme = _of_key(await themes.word_list(tx, workspace_id), key)
    already = theme.words.get(language, ())
    if word not in already:
        words = {**theme.words, language: (*already, word)}
        await save(tx, workspace_id, Draft(key, theme.name, words))


async def remove(tx: Transaction, workspace_id: str, key: str) -> None:
    """Take a theme out; safe to repeat."""
    await _held(tx, workspace_id)
    await _put(tx, OwnTheme(workspace_id=workspace_id, key=key, is_removed=True))


async def restore(tx: Transaction, workspace_id: str, key: str) -> None:
    """A theme of ours as the software brings it."""
    await _held(tx, workspace_id)
    await queries.forget_changes(tx, workspace_id, [key] if key in BROUGHT else [])


async def restore_all(tx: Transaction, workspace_id: str) -> None:
    """The list as the software brings it; what somebody had added is taken out."""
    known = await _held(tx, workspace_id)
    await queries.forget_changes(tx, workspace_id, list(BROUGHT))
    for each in known:
        if each.key not in BROUGHT:
            await _put(tx, OwnTheme(workspace_id=workspace_id, key=each.key, is_removed=True))


def _check(draft: Draft, known: Sequence[Theme]) -> None:
    if not 0 < len(draft.name) <= LONGEST_NAME:
        raise InputRefused(field="name", because="theme_name_length")
    others = [each for each in known if each.key != draft.key]
    if folded(draft.name) in {folded(each.name) for each in others}:
        raise InputRefused(field="name", because="theme_name_taken")
    if draft.key is None and len(known) >= MOST_THEMES:
        raise InputRefused(field="name", because="themes_many")
    for language, words in draft.words.items():
        _check_words(language, words)


def _check_words(language: str, words: Sequence[str]) -> None:
    if len(", ".join(words)) > LONGEST_LIST:
        raise InputRefused(field=language, because="words_many")
    if not all(len(word) <= LONGEST_WORD and says_something(word, language) for word in words):
        raise InputRefused(field=language, because="words_shape")


def _of_key(known: Sequence[Theme], key: str) -> Theme:
    for each in known:
        if each.key == key:
            return each
    raise ThemeGone


async def _held(tx: Transaction, workspace_id: str) -> Sequence[Theme]:
    """The list, which nobody else changes now; all comments are read again from the first."""
    await themes.begin_again(tx, workspace_id)
    return await themes.word_list(tx, workspace_id)


async def _add(tx: Transaction, workspace_id: str, name: str, words: themes.Words) -> None:
    """Under a key that was never another's: those taken out are still counted."""
    added = [each for each in await queries.own(tx, workspace_id) if each.key.startswith(OWN)]
    key, kept = f"{OWN}{len(added) + 1}", themes.packed(words)
    await queries.add(tx, OwnTheme(workspace_id=workspace_id, key=key, name=name, has_own_words=True, words=kept))


async def _change(tx: Transaction, workspace_id: str, key: str, name: str, words: themes.Words) -> None:
    """What is as the software brings it stays so, and follows it."""
    brought = BROUGHT.get(key)
    row = OwnTheme(workspace_id=workspace_id, key=key, name=None if brought and name == brought.name else name)
    if brought and words == brought.words:
        await _put(tx, row)
    else:
        kept = themes.packed(words)
        await _put(tx, OwnTheme(workspace_id=workspace_id, key=key, name=row.name, has_own_words=True, words=kept))


async def _put(tx: Transaction, row: OwnTheme) -> None:
    """Instead of what was there; of a theme that neither we nor they ever had, nothing."""
    known = {each.key: each for each in await queries.own(tx, row.workspace_id)}
    if row.key in known:
        await queries.change(tx, known[row.key].id, row)
    elif row.key in BROUGHT:
        await queries.add(tx, row)
