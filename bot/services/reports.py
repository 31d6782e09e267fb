"""Reports: what `/nps` tells, who is waiting first, then the number and how sure it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.rules.answering import InvitationState, Mode
from bot.rules.periods import Period
from bot.rules.recovery import Moves
from bot.rules.scoring import FEW, Nps, Tally, nps, tally
from bot.rules.trend import Change, Verdict, change
from bot.services import account_answers, recoveries, surveys
from bot.services.scopes import Scope
from bot.services.surveys import SurveyKind
from storage import reports as queries
from storage.database import Transaction
from storage.reports import Unhappy
from storage.slices import ALL, Slice

WINDOW = timedelta(days=90)
WIDE_WINDOW = timedelta(days=365)
SHOWN_WAITING = 3
FINISHED = (InvitationState.ANSWERED, InvitationState.DECLINED, InvitationState.EXPIRED)

__all__ = [
    "Report",
    "Score",
    "Slice",
    "Standing",
    "Told",
    "Unhappy",
    "beside",
    "new_answers",
    "over",
    "overview",
    "standing",
    "tally_between",
]


@dataclass(frozen=True)
class Score:
    """One kind of survey over one window. `rate` is answered over finished asks, 0…1; None before any finished."""

    kind: SurveyKind
    days: int
    answers: Tally
    nps: Nps | None
    rate: float | None
    worth: float | None = None  # as how many independent answers they count; None: as many as they are

    @property
    def is_widened(self) -> bool:
        return self.days > WINDOW.days


@dataclass(frozen=True)
class Standing:
    """A score, the answers of as long a time before it, and what may be said of both."""

    score: Score
    before: Tally
    change: Change | None
    before_worth: float | None = None


@dataclass(frozen=True)
class Told:
    """
    What colleagues were told in review meetings, or somebody said unasked on an open card: never pooled with answers to
    questions of ours.
    """

    days: int = 90
    answers: Tally = field(default_factory=Tally)
    nps: Nps | None = None


@dataclass(frozen=True)
class Report:
    """What a colleague sees first."""

    waiting: Sequence[Unhappy]
    waiting_count: int
    relational: Standing
    transactional: Score
    transactional_name: str | None  # the survey's, where there is only one
    told: Told = field(default_factory=Told)
    volunteered: Told = field(default_factory=Told)
    moved: Moves = field(default_factory=dict)  # how people feel after somebody looked after them


async def overview(tx: Transaction, workspace_id: str, *, now: datetime) -> Report:
    relational = await standing(tx, workspace_id, SurveyKind.RELATIONAL, now=now)
    window = timedelta(days=relational.score.days)
    return Report(
        waiting=await queries.waiting(tx, workspace_id, limit=SHOWN_WAITING, now=now),
        waiting_count=await queries.count_waiting(tx, workspace_id, now=now),
        relational=relational,
        transactional=await _score(tx, workspace_id, SurveyKind.TRANSACTIONAL, now=now, counts_asks=False),
        transactional_name=await _only_name(tx, workspace_id),
        told=await _told(tx, workspace_id, SurveyKind.RELATIONAL, Mode.INTERVIEWER, window, now=now),
        volunteered=await _told(tx, workspace_id, SurveyKind.TRANSACTIONAL, Mode.VOLUNTEERED, WINDOW, now=now),
        moved=await recoveries.moved(tx, workspace_id, now=now),
    )


async def standing(
    tx: Transaction, workspace_id: str, kind: SurveyKind, *, within: Slice = ALL, now: datetime
) -> Standing:
    score = await _score(tx, workspace_id, kind, within, now=now)
    window = timedelta(days=score.days)
    return await _beside(tx, workspace_id, score, within, since=now - 2 * window, before=now - window)


async def over(tx: Transaction, workspace_id: str, kind: SurveyKind, *, within: Slice, period: Period) -> Standing:
    """The standing of a period that somebody chose, which is never widened."""
    since, until = period.since, period.until
    score = await _score_over(tx, workspace_id, kind, within, days=period.days, since=since, before=until)
    return await _beside(tx, workspace_id, score, within, since=period.before_since, before=period.since)


async def beside(tx: Transaction, workspace_id: str, sides: Sequence[Scope], *, now: datetime) -> Sequence[Score]:
    """The score of each, over its own time and never widened."""
    found = []
    for each in sides:
        since, before = each.window(now=now)
        days = round((before - since) / timedelta(days=1))
        score = _score_over(tx, workspace_id, each.kind, each.within, days=days, since=since, before=before)
        found.append(await score)
    return found


async def tally_between(
    tx: Transaction, workspace_id: str, kind: SurveyKind, *, within: Slice, since: datetime, before: datetime
) -> Tally:
    """The answers that a score of that time is made of."""
    return tally(await _histogram(tx, workspace_id, kind, within, since=since, before=before))


async def new_answers(
    tx: Transaction, workspace_id: str, kind: SurveyKind, *, within: Slice, since: datetime, before: datetime
) -> Tally:
    """The answers given in that time, those of one person too."""
    found = await queries.every_answer(tx, workspace_id, kind=kind, since=since, before=before, within=within)
    return tally(found)


async def _told(
    tx: Transaction, workspace_id: str, kind: SurveyKind, mode: Mode, window: timedelta, *, now: datetime
) -> Told:
    """Over the window of the number beside it."""
    since = now - window
    answers = tally(await queries.latest_told(tx, workspace_id, kind=kind, mode=mode, since=since, before=now))
    return Told(window.days, answers, nps(answers))


async def _only_name(tx: Transaction, workspace_id: str) -> str | None:
    known = await surveys.all_of(tx, workspace_id)
    names = [survey.name for survey in known if survey.kind == SurveyKind.TRANSACTIONAL]
    return names[0] if len(names) == 1 else None


async def _score(
    tx: Transaction,
    workspace_id: str,
    kind: SurveyKind,
    within: Slice = ALL,
    *,
    now: datetime,
    counts_asks: bool = True,
) -> Score:
    """The last 90 days; a year where those hold fewer than ten answers. `counts_asks` False: without the rate."""
    usual: dict[str, Any] = {"days": WINDOW.days, "since": now - WINDOW, "before": now}
    score = await _score_over(tx, workspace_id, kind, within, **usual, counts_asks=counts_asks)
    if score.answers.responses >= FEW:
        return score
    year: dict[str, Any] = {"days": WIDE_WINDOW.days, "since": now - WIDE_WINDOW, "before": now}
    wide = await _score_over(tx, workspace_id, kind, within, **year, counts_asks=counts_asks)
    return wide if wide.answers.responses > score.answers.responses else score


async def _score_over(
    tx: Transaction,
    workspace_id: str,
    kind: SurveyKind,
    within: Slice,
    *,
    days: int,
    since: datetime,
    before: datetime,
    counts_asks: bool = True,
) -> Score:
    found = await account_answers.by_account(tx, workspace_id, kind, within=within, since=since, before=before)
    asked: dict[str, Any] = {"kind": kind, "since": since, "before": before, "within": within}
    rate = _rate(await queries.closed_invitations(tx, workspace_id, **asked)) if counts_asks else None
    worth = found.worth if found.is_needed else None
    return Score(kind, days, found.answers, found.nps if found.is_needed else nps(found.answers), rate, worth)


async def _beside(
    tx: Transaction, workspace_id: str, score: Score, within: Slice, *, since: datetime, before: datetime
) -> Standing:
    """
    The score, and the answers of a time before it. How much those of one account say less is only asked where it may
    matter: it makes no change clear that is not clear without.
    """
    earlier = await tally_between(tx, workspace_id, score.kind, within=within, since=since, before=before)
    plain = change(earlier, score.answers, worths=(None, score.worth))
    if plain is None or plain.verdict not in (Verdict.HIGHER, Verdict.LOWER):
        return Standing(score, earlier, plain)
    found = await account_answers.by_account(tx, workspace_id, score.kind, within=within, since=since, before=before)
    worth = found.worth if found.is_needed else None
    return Standing(score, earlier, change(earlier, score.answers, worths=(worth, score.worth)), worth)


async def _histogram(
    tx: Transaction, workspace_id: str, kind: SurveyKind, within: Slice, *, since: datetime, before: datetime
) -> Mapping[int, int]:
    if kind is SurveyKind.RELATIONAL:
        return await queries.latest_per_person(tx, workspace_id, kind=kind, since=since, before=before, within=within)
    return await queries.every_answer(tx, workspace_id, kind=kind, since=since, before=before, within=within)


def _rate(asked: Mapping[str, int]) -> float | None:
    finished = sum(asked.get(state, 0) for state in FINISHED)
    return asked.get(InvitationState.ANSWERED, 0) / finished if finished else None
