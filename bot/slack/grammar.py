"""The words after `/nps`, understood: text in, one typed command out."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from html import unescape

from bot.errors import NotUnderstood
from bot.slack.typed_commands import (
    AskSomebody,
    ExplainAsking,
    ExportAnswers,
    HaltAsking,
    MessageLink,
    RecordInterview,
    Rehearse,
    ResumeAsking,
    ShowCalendar,
    ShowDigest,
    ShowDigests,
    ShowEvents,
    ShowExits,
    ShowFavours,
    ShowFollowUps,
    ShowHelp,
    ShowManagers,
    ShowMe,
    ShowPreview,
    ShowQuotes,
    ShowRecovery,
    ShowRoutes,
    ShowSchedules,
    ShowStaff,
    ShowSurveys,
    ShowThemes,
    ShowView,
    ShowWebhooks,
    Typed,
    Who,
    WriteNote,
)

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
EMAIL = re.compile(r"(?:<mailto:)?([^\s<>|@]+@[^\s<>|@]+\.[^\s<>|@]+)(?:\|[^>]*)?>?")
LINK = re.compile(r"<?https://[^\s/]+/archives/([CGD][A-Z0-9]+)/p(\d{10})(\d{6})(\?[^\s>|]*)?(?:\|[^>]*)?>?")
THREAD = re.compile(r"[?&]thread_ts=(\d+\.\d+)")
WORD = re.compile(r"<[^>]*>|\S+")  # a mention or link may hold spaces in its label
WORKLISTS = ("mine", "open", "overdue")
HANDLE = re.compile(r"@\S+")


def parse(text: str) -> Typed:
    """
    A command by its first word; else it asks for numbers, in words of the workspace's own. Raises NotUnderstood with
    the word that puzzled us and the nearest one we know.
    """
    first, *rest = (_as_typed(word) for word in WORD.findall(text) or [""])
    understand = COMMANDS.get(first.lower())
    return understand(rest) if understand else ShowView(" ".join([first, *rest]))


def nearest(word: str, *, views: Iterable[str]) -> str | None:
    """The command, or view, that somebody may have meant: a letter off, or the same letters in another order."""
    known, typed = [*COMMANDS, *views], word.lower()
    swapped = [each for each in known if sorted(each) == sorted(typed)]
    near = swapped or get_close_matches(typed, known, n=1, cutoff=0.7)
    return near[0] if near else None


def _as_typed(word: str) -> str:
    """Slack escapes what people type, but for the mentions and links it has put in itself."""
    return word if word.startswith("<") else unescape(word)


def _follow_ups(words: Sequence[str]) -> Typed:
    if not words:
        return ShowFollowUps()
    if len(words) > 1 or words[0].lower() not in WORKLISTS:
        near = get_close_matches(words[0].lower(), WORKLISTS, n=1) or ["mine"]
        raise NotUnderstood(" ".join(words), f"follow-ups {near[0]}")
    return ShowFollowUps(words[0].lower())


def _ask(words: Sequence[str]) -> Typed:
    who: Who | None = None
    survey: str | None = None
    link: MessageLink | None = None
    for word in words:
        if link is None and (found := message_link(word)):
            link = found
        elif who is None and (person := _who(word)):
            who = person
        elif survey is None and not word.startswith(("@", "<", "https:")):
            survey = word
        else:
            raise NotUnderstood(word, "ask @person")
    if who is None:
        raise NotUnderstood(" ".join(("ask", *words)), "ask @person")
    return AskSomebody(who, survey, link)


def _about_one(command: str, made: Callable[[Who], Typed]) -> Callable[[Sequence[str]], Typed]:
    """A command about one person."""

    def understand(words: Sequence[str]) -> Typed:
        who = _who(words[0]) if len(words) == 1 else None
        if who is None:
            raise NotUnderstood(" ".join((command, *words)), f"{command} @person")
        return made(who)

    return understand


def message_link(word: str) -> MessageLink | None:
    """Read a link as Slack's "Copy link" gives it."""
    found = LINK.fullmatch(word)
    if not found:
        return None
    channel_id, seconds, fraction, query = found.groups()
    ts = f"{seconds}.{fraction}"
    thread = THREAD.search((query or "").replace("&amp;", "&"))
    return MessageLink(channel_id, ts, thread.group(1) if thread else ts)


def _who(word: str) -> Who | None:
    if found := MENTION.fullmatch(word):
        return Who(user_id=found.group(1))
    if found := EMAIL.fullmatch(word):
        return Who(email=found.group(1))
    if HANDLE.fullmatch(word):
        return Who(handle=word[1:])
    return None


def _rehearse(words: Sequence[str]) -> Typed:
    if len(words) > 1:
        raise NotUnderstood(words[1], "try")
    return Rehearse(words[0] if words else None)


def _of_survey(name: str, made: type[ShowSchedules] | type[ShowPreview]) -> Callable[[Sequence[str]], Typed]:
    """A command that takes the name of a survey, or nothing."""

    def understand(words: Sequence[str]) -> Typed:
        if len(words) > 1:
            raise NotUnderstood(words[1], name)
        return made(words[0] if words else None)

    return understand


def _digest(words: Sequence[str]) -> Typed:
    if not words:
        return ShowDigest()
    if [word.lower() for word in words] != ["setup"]:
        raise NotUnderstood(" ".join(words), "digest setup")
    return ShowDigests()


def _note(words: Sequence[str]) -> Typed:
    """A day, and at least a word of what happened on it."""
    try:
        return WriteNote(date.fromisoformat(words[0]), " ".join([words[1], *words[2:]]))
    except (IndexError, ValueError):
        raise NotUnderstood(" ".join(("note", *words)), "note 2026-03-01 launched onboarding") from None


def _alone(made: Typed) -> Callable[[Sequence[str]], Typed]:
    """A command that takes no more words."""

    def understand(words: Sequence[str]) -> Typed:
        if words:
            raise NotUnderstood(words[0])
        return made

    return understand


COMMANDS: dict[str, Callable[[Sequence[str]], Typed]] = {
    "export": lambda words: ExportAnswers(" ".join(words)),
    "follow-ups": _follow_ups,
    "ask": _ask,
    "why": _about_one("why", ExplainAsking),
    "record": _about_one("record", RecordInterview),
    "exits": _alone(ShowExits()),
    "recovery": _alone(ShowRecovery()),
    "favours": _alone(ShowFavours()),
    "quotes": _alone(ShowQuotes()),
    "me": _alone(ShowMe()),
    "try": _rehearse,
    "surveys": _alone(ShowSurveys()),
    "calendar": _alone(ShowCalendar()),
    "routes": _alone(ShowRoutes()),
    "schedule": _of_survey("schedule", ShowSchedules),
    "preview": _of_survey("preview", ShowPreview),
    "digest": _digest,
    "note": _note,
    "managers": _alone(ShowManagers()),
    "staff": _alone(ShowStaff()),
    "events": _alone(ShowEvents()),
    "webhooks": _alone(ShowWebhooks()),
    "themes": _alone(ShowThemes()),
    "stop": _alone(HaltAsking()),
    "start": _alone(ResumeAsking()),
    "help": _alone(ShowHelp()),
}
