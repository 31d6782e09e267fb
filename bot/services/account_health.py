"""Account health: the signs the rule wants, gathered for all accounts of a workspace or for one; a statement a sign."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from bot.rules.health import FRESH, LAST_ASKED, YEAR, Health, Outcomes, Signs, health
from bot.rules.scoring import PASSIVE_FROM, PROMOTER_FROM, Tally
from bot.rules.urgency import Solved
from bot.services.surveys import SurveyKind
from storage import account_health as queries
from storage.account_health import Accounts
from storage.database import Transaction

ASKED = (SurveyKind.RELATIONAL, SurveyKind.TRANSACTIONAL)
WORDS = (Solved.YES, Solved.PARTLY, Solved.NO)


async def health_of(
    tx: Transaction, workspace_id: str, revenues: Mapping[int, int | None], *, now: datetime
) -> Mapping[int, Health]:
    """Of every account whose revenue is given, by id."""
    signs = await signs_of(tx, workspace_id, revenues, now=now)
    return {account_id: health(each) for account_id, each in signs.items()}


async def signs_of(
    tx: Transaction, workspace_id: str, revenues: Mapping[int, int | None], *, only: int | None = None, now: datetime
) -> Mapping[int, Signs]:
    """The same before it is judged. `only`: to ask the database about that account alone."""
    known = defaultdict[int, dict[str, object]](dict)
    for account_id, facts in await _said(tx, Accounts(workspace_id, now - FRESH, now, only)):
        known[account_id] |= facts
    for account_id, arr in (await revenues_then(tx, workspace_id, only=only, now=now)).items():
        known[account_id]["arr_before"] = arr
    return {account_id: _signs(arr, known.get(account_id, {})) for account_id, arr in revenues.items()}


async def revenues_then(
    tx: Transaction, workspace_id: str, *, only: int | None = None, now: datetime
) -> Mapping[int, int | None]:
    """What each account paid a year ago; those whose revenue nobody had told by then are absent."""
    then = Accounts(workspace_id, now - YEAR, now, only)
    return await queries.revenues_at(tx, then, at=then.since)


async def _said(tx: Transaction, accounts: Accounts) -> list[tuple[int, Mapping[str, object]]]:
    """One sign of one account each."""
    bands = {"promoters_from": PROMOTER_FROM, "passives_from": PASSIVE_FROM}
    felt = await queries.felt(tx, accounts, kind=SurveyKind.RELATIONAL, **bands)
    solved = await queries.solved(tx, accounts, kind=SurveyKind.TRANSACTIONAL, words=WORDS)
    asked = await queries.last_asked(tx, accounts, kinds=ASKED, latest=LAST_ASKED)
    waiting = await queries.unhappy_waiting(tx, accounts, highest=PASSIVE_FROM - 1)
    return [
        *((row[0], {"people": Tally(*row[1:4]), "deciders": Tally(*row[4:7])}) for row in felt),
        *((row[0], {"outcomes": Outcomes(*row[1:])}) for row in solved),
        *((row[0], {"asked": row[1], "answered": row[2]}) for row in asked),
        *((account_id, {"unhappy_waiting": count}) for account_id, count in waiting.items() if account_id),
    ]


def _signs(arr: int | None, known: Mapping[str, object]) -> Signs:
    return Signs(arr=arr, **known)  # type: ignore[arg-type] # by the names of its fields
