"""Surveys: what we ask, in which words, and where its alerts go."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import InputRefused, SurveyUnknown
from bot.rules.recovery import LONGEST, SHORTEST
from storage import surveys as queries
from storage.database import Transaction
from storage.models import Survey


class SurveyKind(StrEnum):
    """
    How people feel about us as a whole, or about one interaction; why they did not renew; how they feel after somebody
    looked after their answer. Never pooled.
    """

    RELATIONAL = "relational"
    TRANSACTIONAL = "transactional"
    EXIT = "exit"
    RECOVERY = "recovery"


NOT_RENEWED, HOW_NOW = "not-renewed", "recovery"
DEFAULTS = {
    "relationship": SurveyKind.RELATIONAL,
    "support": SurveyKind.TRANSACTIONAL,
    NOT_RENEWED: SurveyKind.EXIT,
    HOW_NOW: SurveyKind.RECOVERY,
}
ADDED_LATER = (SurveyKind.EXIT, SurveyKind.RECOVERY)
EXPIRY = {
    SurveyKind.RELATIONAL: timedelta(days=14),
    SurveyKind.TRANSACTIONAL: timedelta(days=7),
    SurveyKind.EXIT: timedelta(days=14),
    SurveyKind.RECOVERY: timedelta(days=14),
}
NAME = re.compile(r"[^\W_][\w-]{0,39}")  # one word, so that it can be typed after /nps ask
RESERVED = frozenset({"now", "later", "here"})
LONGEST_QUESTION, LONGEST_SUBJECT = 300, 80
REACTION = "ballot_box_with_ballot"  # ✅ already means "done" everywhere
LONGEST_DELAY = timedelta(hours=72)
MOST_SURVEYS = 40  # what one message and one menu in Slack can hold


@dataclass(frozen=True)
class Wording:
    """How a survey speaks. `question` None: the standard wording; `subject` None: the workspace's."""

    name: str
    subject: str | None = None
    question: str | None = None
    language: str = "en"  # for people whose language Slack does not tell


async def ensure_defaults(tx: Transaction, workspace_id: str, *, now: datetime) -> None:
    """One survey of each kind exists from the start; of the later kinds also where the others are older than they."""
    known = await queries.of_workspace(tx, workspace_id)
    kinds = {survey.kind for survey in known}
    added = {name: kind for name, kind in DEFAULTS.items() if kind in ADDED_LATER and kind not in kinds}
    missing = {_free(name, known): kind for name, kind in added.items()} if known else DEFAULTS
    for name, kind in missing.items():
        reaction = REACTION if kind is SurveyKind.TRANSACTIONAL else None
        survey = Survey(workspace_id=workspace_id, name=name, kind=kind, reaction=reaction, created_at=now)
        await queries.add(tx, survey)


async def get(tx: Transaction, survey_id: int, *, workspace_id: str | None = None) -> Survey:
    """Raises SurveyUnknown; also for a survey of another workspace, when one is given."""
    survey = await queries.get(tx, survey_id)
    if survey is None or workspace_id not in (None, survey.workspace_id):
        raise SurveyUnknown(name=str(survey_id))
    return survey


async def all_of(tx: Transaction, workspace_id: str) -> Sequence[Survey]:
    """Every survey of a workspace, oldest first."""
    return await queries.of_workspace(tx, workspace_id)


async def named(tx: Transaction, workspace_id: str, name: str) -> Survey:
    """Raises SurveyUnknown with the names of those that colleagues ask."""
    survey = await queries.by_name(tx, workspace_id, name.lower())
    if survey is None:
        names = tuple(known.name for known in await queries.of_workspace(tx, workspace_id) if is_asked_by_hand(known))
        raise SurveyUnknown(name=name, known=names)
    return survey


def gives_scores(survey: Survey) -> bool:
    """Whether its answers count in a score and alert where it says: not reasons, nor how people feel later on."""
    return survey.kind not in ADDED_LATER


def is_asked_by_hand(survey: Survey) -> bool:
    """How somebody feels now is asked by itself only."""
    return survey.kind != SurveyKind.RECOVERY


async def usual(tx: Transaction, workspace_id: str, kind: SurveyKind) -> Survey:
    """The survey meant when none is named: the first of that kind that is not paused, else the first with a score."""
    found = await of_kind(tx, workspace_id, kind)
    if found:
        return found[0]
    return next(survey for survey in await queries.of_workspace(tx, workspace_id) if gives_scores(survey))


async def of_kind(tx: Transaction, workspace_id: str, kind: SurveyKind) -> Sequence[Survey]:
    """Those that are not paused first, oldest first."""
    found = [survey for survey in await queries.of_workspace(tx, workspace_id) if survey.kind == kind]
    return sorted(found, key=lambda survey: survey.paused_at is not None)


async def create(
    tx: Transaction, workspace_id: str, *, kind: SurveyKind, wording: Wording, by: str, now: datetime
) -> Survey:
    """Raises InputRefused for a name that is taken or cannot be typed."""
    await _check(tx, workspace_id, wording, survey_id=None)
    survey = Survey(
        workspace_id=workspace_id,
        name=wording.name.lower(),
        kind=kind,
        subject=wording.subject,
        question=wording.question,
        language=wording.language,
        created_at=now,
        created_by=by,
    )
    await queries.add(tx, survey)
    return survey


async def reword(tx: Transaction, survey: Survey, wording: Wording) -> None:
    """Raises InputRefused. Questions that are already out keep the words they were asked in."""
    await _check(tx, survey.workspace_id, wording, survey_id=survey.id)
    await queries.set_wording(
        tx,
        survey.id,
        name=wording.name.lower(),
        subject=wording.subject,
        question=wording.question,
        language=wording.language,
    )


async def pause(tx: Transaction, survey: Survey, *, now: datetime) -> None:
    if survey.paused_at is None:
        await queries.set_paused(tx, survey.id, now)


async def resume(tx: Transaction, survey: Survey) -> None:
    await queries.set_paused(tx, survey.id, None)


async def asking_on(tx: Transaction, workspace_id: str, reaction: str) -> Survey | None:
    """The survey that an emoji asks with."""
    return await queries.by_reaction(tx, workspace_id, reaction)


def counts_in(survey: Survey, channel_id: str) -> bool:
    """Whether the survey's emoji asks there."""
    return not survey.reaction_channels or channel_id in survey.reaction_channels


async def set_reaction(
    tx: Transaction, survey: Survey, reaction: str | None, *, delay: timedelta, channels: tuple[str, ...] = ()
) -> None:
    """
    Ask with this survey when a colleague puts that emoji on a message; None: only when asked to. Raises InputRefused.

    `channels`: where the emoji counts; none named: wherever the bot is.
    """
    if reaction is not None:
        if survey.kind != SurveyKind.TRANSACTIONAL:
            raise InputRefused(field="reaction", because="reaction_relational")
        taken = await queries.by_reaction(tx, survey.workspace_id, reaction)
        if taken is not None and taken.id != survey.id:
            raise InputRefused(field="reaction", because="reaction_taken")
    if not timedelta() <= delay <= LONGEST_DELAY:
        raise InputRefused(field="delay", because="delay_length")
    minutes = int(delay / timedelta(minutes=1))
    await queries.set_reaction(tx, survey.id, reaction, delay_minutes=minutes, channels=channels)


async def set_open(tx: Transaction, survey: Survey, *, is_open: bool) -> None:
    """Let anybody of the customer's company answer on a card in a thread. Raises InputRefused."""
    if is_open and survey.kind != SurveyKind.TRANSACTIONAL:
        raise InputRefused(field="open", because="open_relational")
    await queries.set_open(tx, survey.id, is_open=is_open)


async def set_privacy(tx: Transaction, survey: Survey, privacy: str) -> None:
    """A word of `Privacy`, for whoever is asked from now on."""
    await queries.set_privacy(tx, survey.id, privacy)


async def set_after_days(tx: Transaction, survey: Survey, days: int) -> None:
    """When to ask how somebody feels, from the day on which their answer was looked after. Raises InputRefused."""
    if not SHORTEST <= days <= LONGEST:
        raise InputRefused(field="after_days", because="after_days")
    await queries.set_after_days(tx, survey.id, days)


async def set_alert_channel(tx: Transaction, survey_id: int, channel_id: str | None) -> None:
    await queries.set_alert_channel(tx, survey_id, channel_id)


async def usual_alert_channel(tx: Transaction, workspace_id: str) -> str | None:
    """Where a new survey's alerts would go: where the first that has a channel sends its own."""
    channels = (survey.alert_channel_id for survey in await queries.of_workspace(tx, workspace_id))
    return next((channel for channel in channels if channel), None)


async def alerting_to(tx: Transaction, workspace_id: str, channel_id: str) -> Sequence[Survey]:
    return await queries.with_alert_channel(tx, workspace_id, channel_id)


async def stop_alerts(tx: Transaction, workspace_id: str, channel_id: str, *, because: str) -> bool:
    """Keep a channel's alerts back; False when none went there any more."""
    return await queries.stop_alerts(tx, workspace_id, channel_id, because)


async def let_alerts_go(tx: Transaction, workspace_id: str, channel_id: str) -> None:
    await queries.let_alerts_go(tx, workspace_id, channel_id)


async def channel_renamed(tx: Transaction, workspace_id: str, *, old: str, new: str) -> None:
    await queries.rename_channel(tx, workspace_id, old=old, new=new)


def _free(name: str, known: Sequence[Survey]) -> str:
    """That name, or with a number where a survey has it already."""
    taken = {survey.name for survey in known}
    names = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in names if each not in taken)


async def _check(tx: Transaction, workspace_id: str, wording: Wording, *, survey_id: int | None) -> None:
    name = wording.name.lower()
    if not NAME.fullmatch(name) or name in RESERVED:
        raise InputRefused(field="name", because="name_shape")
    taken = await queries.by_name(tx, workspace_id, name)
    if taken is not None and taken.id != survey_id:
        raise InputRefused(field="name", because="name_taken")
    if survey_id is None and len(await queries.of_workspace(tx, workspace_id)) >= MOST_SURVEYS:
        raise InputRefused(field="name", because="too_many")
