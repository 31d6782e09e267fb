"""
Old answers: what people said elsewhere becomes an invitation that was answered, with its response and revision.

They count as any other, in the trend and as the last time somebody was asked. They never alert and are never late.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bot.rules.accounts import Directory
from bot.rules.answering import Mode
from bot.services import given_elsewhere, imports, surveys, themes, workspaces
from bot.services.responses import REPEAT_PERIOD
from bot.services.rows import Because, Row, Taken
from bot.services.surveys import SurveyKind
from storage import old_answers as queries
from storage.database import Transaction
from storage.models import Contact, Invitation, Response, Survey, Workspace

IMPORTED = "import:"


async def take(tx: Transaction, workspace_id: str, rows: Sequence[Row], *, known_by: Directory, now: datetime) -> Taken:
    """Keep answers that are not known yet."""
    workspace = await workspaces.held(tx, workspace_id)
    taken = Taken()
    scored = filter(surveys.gives_scores, await surveys.all_of(tx, workspace_id))
    named = {survey.name: survey for survey in scored}
    fine = [row for row in rows if not _is_refused(row, named, taken, now=now)]
    people = await imports.meet_all(tx, workspace_id, fine, known_by=known_by, now=now)
    new = await _unknown(tx, fine, named, people)
    taken.count(added=len(new), unchanged=len(fine) - len(new))
    await _keep(tx, workspace, new, named, people, now=now)
    asked = {people[row.given["user_id"]].id for row in new}
    await _judge_repeats(tx, asked)
    await queries.supersede(tx, asked)
    return taken


def occasion(row: Row) -> str:
    """What makes it safe to take this answer over twice: its id where it comes from, else what it says."""
    given = row.given
    if given.get("id"):
        return IMPORTED + str(given["id"])
    said = (given["user_id"], given["survey"], given["date"].isoformat(), given["score"], given.get("comment") or "")
    return IMPORTED + hashlib.sha256("\0".join(map(str, said)).encode()).hexdigest()[:24]


def source_id(occasion: str) -> str:
    """The id an answer has in a file; an answer that was given here has its occasion for one."""
    return occasion.removeprefix(IMPORTED)


def _is_refused(row: Row, named: Mapping[str, Survey], taken: Taken, *, now: datetime) -> bool:
    if row.given["survey"] not in named:
        taken.refuse(row, Because.SURVEY_UNKNOWN, row.given["survey"], ", ".join(named))
        return True
    if row.given["date"] > now:
        taken.refuse(row, Because.FUTURE, row.given["date"].date())
        return True
    return False


async def _unknown(
    tx: Transaction, rows: Sequence[Row], named: Mapping[str, Survey], people: Mapping[str, Contact]
) -> Sequence[Row]:
    """Those nobody took over before, and which were not given here in the first place."""
    occasions = {row.line: occasion(row) for row in rows}
    either = {*occasions.values(), *map(source_id, occasions.values())}
    known = await queries.known(tx, [each.id for each in people.values()], either)

    def is_known(row: Row) -> bool:
        place = (named[row.given["survey"]].id, people[row.given["user_id"]].id)
        return (*place, occasions[row.line]) in known or (*place, source_id(occasions[row.line])) in known

    return [row for row in rows if not is_known(row)]


async def _keep(
    tx: Transaction,
    workspace: Workspace,
    rows: Sequence[Row],
    named: Mapping[str, Survey],
    people: Mapping[str, Contact],
    *,
    now: datetime,
) -> None:
    asked = [
        given_elsewhere.question(
            *(workspace, named[row.given["survey"]], people[row.given["user_id"]], occasion(row)),
            at=row.given["date"],
            now=now,
            mode=_mode(row),
        )
        for row in rows
    ]
    await queries.add_all(tx, asked)
    answers = [_response(row, invitation) for row, invitation in zip(rows, asked, strict=True)]
    await queries.add_all(tx, answers)
    pairs = list(zip(answers, asked, strict=True))
    await themes.told_all(tx, workspace.id, [_comment(answer, it) for answer, it in pairs if answer.comment])
    await queries.add_all(tx, [given_elsewhere.revision(answer, it.occasion, now=now) for answer, it in pairs])


def _response(row: Row, invitation: Invitation) -> Response:
    given = row.given
    comment, by = given.get("comment") or None, given.get("recorded_by")
    return given_elsewhere.answer(invitation, given["score"], comment, mode=_mode(row), recorded_by=by)


def _mode(row: Row) -> str:
    return str(row.given.get("mode") or Mode.SELF)


def _comment(answer: Response, invitation: Invitation) -> themes.Comment:
    return themes.Comment(answer.id, answer.comment or "", invitation.language)


async def _judge_repeats(tx: Transaction, contact_ids: Iterable[int]) -> None:
    """After an interaction one answer per person in 30 days counts, in whatever order they were taken over."""
    counted, wrong = dict[int, datetime](), {True: list[int](), False: list[int]()}
    for contact_id, response_id, at, is_repeat in await queries.times(tx, list(contact_ids), SurveyKind.TRANSACTIONAL):
        repeats = contact_id in counted and counted[contact_id] > at - REPEAT_PERIOD
        if not repeats:
            counted[contact_id] = at
        if repeats != is_repeat:
            wrong[repeats].append(response_id)
    for are_repeats, ids in wrong.items():
        if ids:
            await queries.set_repeats(tx, ids, are_repeats=are_repeats)
