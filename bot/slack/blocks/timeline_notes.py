"""Notes on the time line as colleagues keep them: a modal with all of them, and what adding one answers."""

from collections.abc import Sequence
from datetime import date

from bot.slack import wire
from bot.slack.blocks.kit import Message, View, button, dangerous, modal, section
from bot.slack.blocks.trends import full_date
from bot.texts import speaker
from bot.texts.markup import isolated, mention
from storage.models import TimelineNote

say = speaker("en")


def noted(noted_on: date, words: str) -> Message:
    """To whoever wrote it."""
    text = say.mrkdwn(
        "On the time line, {day}: {words}. `/nps trend` shows it; `/nps compare before {on}` compares the time before "
        "it with the time after.",
        day=full_date(noted_on),
        words=isolated(words),
        on=noted_on.isoformat(),
    )
    return Message(text, [section(text)])


def notes_modal(found: Sequence[TimelineNote], *, may_remove: bool) -> View:
    """The newest day first; managers may take them away."""
    how = say.mrkdwn("`/nps note 2026-03-01 launched onboarding` adds one. Managers may do that.")
    blocks = [section(how), *(_row(note, may_remove=may_remove) for note in found)]
    if not found:
        blocks.append(section(say.mrkdwn("There are no notes yet.")))
    return modal(say("Notes on the time line"), blocks, close=say("Close"))


def _row(note: TimelineNote, *, may_remove: bool) -> dict[str, object]:
    told = say.mrkdwn("{day}: {words}", day=full_date(note.noted_on), words=isolated(note.words))
    if note.written_by:
        told = say.mrkdwn("{told} ({who})", told=told, who=mention(note.written_by))
    return section(told, _remove(note) if may_remove else None, block_id=f"note_{note.id}")


def _remove(note: TimelineNote) -> dict[str, object]:
    return dangerous(
        button(say("Remove"), wire.REMOVE_NOTE, str(note.id), aloud=say("Remove: {words}", words=note.words)),
        title=say("Remove this note?"),
        text=say("Nobody will see it in the trend any more."),
        yes=say("Remove"),
        no=say("Keep it"),
    )
