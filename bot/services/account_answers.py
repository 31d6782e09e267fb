"""
Answers seen by account, beside the plain score: with each account's revenue as its weight, and with the range that
several answers of one account leave.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.rules.clusters import Clusters, clustered_nps
from bot.rules.scoring import PASSIVE_FROM, PROMOTER_FROM, Nps, Tally
from bot.rules.weights import Weights, weighted_nps
from bot.services.surveys import SurveyKind
from storage import account_answers as queries
from storage.database import Transaction
from storage.slices import ALL, Slice

BANDS = queries.Bands(PROMOTER_FROM, PASSIVE_FROM)


@dataclass(frozen=True)
class RevenueScore:
    """
    `responses` answers that are worth `worth` answers of equal weight; `nps` None where that is too little to show.
    `unweighted`: answers of people of no account, or of one nobody priced, which are left out.
    """

    responses: int
    worth: float
    unweighted: int
    nps: Nps | None


@dataclass(frozen=True)
class AccountScore:
    """The plain score with the honest range. `is_needed`: from 1.5 answers per account on, instead of the plain one."""

    accounts: int
    answers: Tally
    worth: float
    is_needed: bool
    nps: Nps | None

    @property
    def responses(self) -> int:
        return self.answers.responses


async def by_revenue(
    tx: Transaction, workspace_id: str, kind: SurveyKind, *, within: Slice = ALL, since: datetime, before: datetime
) -> RevenueScore:
    row = await queries.weights(tx, workspace_id, kind=kind, within=within, since=since, before=before, bands=BANDS)
    responses, total, squares, promoters, detractors, unknown = row
    weights = Weights(int(responses), total, squares, promoters, detractors, int(unknown))
    shown = weighted_nps(weights) if weights.is_enough else None
    return RevenueScore(weights.responses, weights.worth, weights.unknown, shown)


async def by_account(
    tx: Transaction, workspace_id: str, kind: SurveyKind, *, within: Slice = ALL, since: datetime, before: datetime
) -> AccountScore:
    row = await queries.clusters(tx, workspace_id, kind=kind, within=within, since=since, before=before, bands=BANDS)
    accounts, size, promoters, detractors, squares, products, sizes = map(int, row)
    answers = Tally(promoters, size - promoters - detractors, detractors)
    found = Clusters(answers, accounts, squares, products, sizes)
    return AccountScore(accounts, answers, found.worth, found.are_crowded, clustered_nps(found))
