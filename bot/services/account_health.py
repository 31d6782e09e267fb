"""Account health: the signs the rule wants, gathered for all accounts of a workspace or for one; a statement a sign."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.rules.health import FRESH, LAST_ASKED, YEAR, Outcomes, Signs
from bot.rules.scoring import PASSIVE_FROM, PROMOTER_FROM, Tally
from bot.rules.urgency import Solved
from bot.services.surveys import SurveyKind
from storage import account_health as queries
from storage.account_health import Accounts
from storage.database import Transaction

ASKED = (SurveyKind.RELATIONAL, SurveyKind.TRANSACTIONAL)
WORDS = (Solved.YES, Solved.PARTLY, Solved.NO)
NOBODY, NOTHING = (0,) * 6, (0,) * 3


async def signs_of(
    tx: Transaction, workspace_id: str, revenues: Mapping[int, int | None], *, only: int | None = None, now: datetime
) -> Mapping[int, Signs]:
    """
    Of every account whose revenue is given, by id. `only`: to ask the database about that account alone.

    Ten thousand accounts at once: one look into each table of what was found, and nothing made for those without.
    """
    lately = Accounts(workspace_id, now - FRESH, now, only)
    bands = {"promoters_from": PROMOTER_FROM, "passives_from": PASSIVE_FROM}
    felt = _by_id(await queries.felt(tx, lately, kind=SurveyKind.RELATIONAL, **bands))
    solved = _by_id(await queries.solved(tx, lately, kind=SurveyKind.TRANSACTIONAL, words=WORDS))
    asked = _by_id(await queries.last_asked(tx, lately, kinds=ASKED, latest=LAST_ASKED))
    waiting = await queries.unhappy_waiting(tx, lately, highest=PASSIVE_FROM - 1)
    then = await _revenues_then(tx, workspace_id, only, now=now)
    found = dict[int, Signs]()
    for account_id, arr in revenues.items():
        people, outcomes = felt.get(account_id, NOBODY), solved.get(account_id, NOTHING)
        over, answered = asked.get(account_id, NOTHING)[:2]
        found[account_id] = Signs(
            outcomes=Outcomes(*outcomes),
            people=Tally(*people[:3]),
            deciders=Tally(*people[3:]),
            arr=arr,
            arr_before=then.get(account_id),
            asked=over,
            answered=answered,
            unhappy_waiting=waiting.get(account_id, 0),
        )
    return found


async def _revenues_then(
    tx: Transaction, workspace_id: str, only: int | None, *, now: datetime
) -> Mapping[int, int | None]:
    """What each account paid a year ago; those whose revenue nobody had told by then are absent."""
    a_year = Accounts(workspace_id, now - YEAR, now, only)
    return await queries.revenues_at(tx, a_year, at=a_year.since)


def _by_id(rows: Iterable[Any]) -> Mapping[int, tuple[int, ...]]:
    return {row[0]: row[1:] for row in rows}
