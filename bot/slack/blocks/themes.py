"""`/nps themes`: which words stand for what comments are about, and words the list could learn."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.rules.themes import LONGEST_LIST, LONGEST_NAME, MOST_THEMES, Theme
from bot.services.suggestions import Suggested
from bot.slack import wire
from bot.slack.blocks.kit import (
    Block,
    Element,
    Message,
    View,
    actions,
    button,
    context,
    dangerous,
    menu,
    modal,
    section,
    tick,
    typed,
)
from bot.slack.blocks.kit import field as input_field
from bot.slack.contexts import ThemeContext, pack
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, isolated, shorten
from bot.texts.speakers import LANGUAGES

SHOWN_WORDS = 140
say = speaker("en")


@dataclass(frozen=True)
class Listed:
    """What the page shows. `is_reading`: not all comments have been read with the list as it is now."""

    themes: Sequence[Theme]
    suggested: Sequence[Suggested] = field(default_factory=tuple)
    is_manager: bool = False
    is_reading: bool = False


def theme_list(listed: Listed) -> Message:
    """Members see it; managers change it."""
    title = bold(say("What comments are about"))
    notes = [_note(listed), *([_reading()] if listed.is_reading else [])]
    lines = [_line(each) for each in listed.themes]
    blocks = [
        section(title),
        context(*notes),
        *(section(_line(each), _edit(each) if listed.is_manager else None) for each in listed.themes),
        *_suggestions(listed),
        *([_buttons(listed)] if listed.is_manager else []),
    ]
    told = [_suggestion(each) for each in listed.suggested]
    return Message(Mrkdwn("\n".join([title, *notes, *lines, *told])), blocks)


def theme_modal(theme: Theme | None, *, is_brought: bool, response_url: str | None) -> View:
    """`is_brought`: the software has words for it to go back to. No theme: a new one."""
    name = typed(wire.VALUE, longest=LONGEST_NAME, text=theme.name if theme else None)
    lead = say.mrkdwn("Whole words or phrases, with commas between. Endings and capitals do not matter.")
    return modal(
        say("Edit theme") if theme else say("Add a theme"),
        [
            input_field("name", say("Name"), name),
            context(lead),
            *(_words(theme, language, label) for language, label in LANGUAGES.items()),
            *([_restore()] if theme and is_brought and not theme.is_default else []),
            *([_remove()] if theme else []),
        ],
        callback_id=wire.THEME_MODAL,
        submit=say("Save"),
        close=say("Cancel"),
        metadata=pack(ThemeContext(theme.key if theme else None, response_url)),
    )


def _note(listed: Listed) -> Mrkdwn:
    if not listed.themes:
        return say.mrkdwn("There are no themes, so comments are about nothing I know.")
    return say.mrkdwn(
        "A comment is about a theme when one of its words stands in it, in the language of the question. "
        "Where the list is wrong about a comment, `/nps comments` puts it right."
    )


def _reading() -> Mrkdwn:
    return say.mrkdwn("The list is new or was changed: I am still reading the comments with it.")


def _line(theme: Theme) -> Mrkdwn:
    words = {language: several for language, several in theme.words.items() if several}
    shown = next((language for language in LANGUAGES if language in words), None)
    if shown is None:
        return say.mrkdwn("{name}\nno words yet", name=bold(isolated(theme.name)))
    more = len(words) - 1
    others = say.many(" · and {n} more language", " · and {n} more languages", more) if more else Mrkdwn("")
    text = isolated(shorten(", ".join(words[shown]), SHOWN_WORDS).replace(",…", "…"))
    return say.mrkdwn("{name}\n{words}{others}", name=bold(isolated(theme.name)), words=text, others=others)


def _edit(theme: Theme) -> Element:
    return button(say("Edit"), wire.EDIT_THEME, theme.key, aloud=say("Edit {name}", name=theme.name))


def _suggestions(listed: Listed) -> list[Block]:
    if not listed.suggested:
        return []
    lead = say.mrkdwn("*Words to learn?* Unhappy people write them, happy ones hardly, and no theme has them yet.")
    return [section(lead), *(section(_suggestion(each), _learn(each, listed)) for each in listed.suggested)]


def _suggestion(it: Suggested) -> Mrkdwn:
    counts = it.suggestion
    return say.mrkdwn(
        "{word} · in {unhappy} by detractors, {happy} by promoters",
        word=bold(isolated(counts.word)),
        unhappy=say.many("{n} comment", "{n} comments", counts.unhappy),
        happy=say.many("{n} comment", "{n} comments", counts.happy),
    )


def _learn(it: Suggested, listed: Listed) -> Element | None:
    """One click adds the word to a theme; a word too long for a menu is left to be typed."""
    values = {each.key: wire.word_value(each.key, it.language, it.suggestion.word) for each in listed.themes}
    is_short = all(len(value) <= wire.LONGEST_OPTION for value in values.values())
    if not (listed.is_manager and listed.themes and is_short):
        return None
    options = [(values[each.key], each.name) for each in listed.themes]
    return menu(wire.LEARN_WORD, options, hint=say("Add to a theme"))


def _buttons(listed: Listed) -> Block:
    add = [button(say("Add a theme"), wire.ADD_THEME, "add")] if len(listed.themes) < MOST_THEMES else []
    back = dangerous(
        button(say("Back to the first list"), wire.RESTORE_THEMES, "all"),
        title=say("Back to the first list"),
        text=say("The ten themes and their words as they were to begin with. What you added or changed is gone."),
        yes=say("Go back"),
        no=say("Cancel"),
    )
    return actions(*add, back)


def _words(theme: Theme | None, language: str, label: str) -> Block:
    text = ", ".join(theme.words.get(language, ())) if theme else None
    element = typed(wire.VALUE, longest=LONGEST_LIST, text=text, lines=True)
    return input_field(language, say("Words in {language}", language=label), element, optional=True)


def _restore() -> Block:
    box = tick(wire.VALUE, say("The name and words it had to begin with, whatever stands above."))
    return input_field("restore", say("Back to the beginning"), box, optional=True)


def _remove() -> Block:
    box = tick(wire.VALUE, say("Take this theme out. No comment is about it any more."))
    return input_field("remove", say("Remove"), box, optional=True)
