"""
Several answers of one account are not as many opinions: colleagues share what happened to them.

How much less they say is the design effect: the variance of the score with whole accounts as what was drawn, divided
by the variance of as many independent answers (W. G. Cochran, Sampling Techniques, 3rd edition, 1977, chapter 9).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.rules.scoring import CONFIDENCE, Nps, Tally, adjusted_worth, ranged

CROWDED = 1.5  # answers per account from which the plain range would claim too much
SURE_OF_EFFECT = 20  # under so many accounts the effect itself is a guess: they count as one answer each at most


@dataclass(frozen=True)
class Clusters:
    """
    Answers by account; somebody of no account is one of their own. With S an account's promoters less its detractors
    and n its answers, the sums over all accounts of S², S·n and n²: all that the variance wants to know.
    """

    answers: Tally = field(default_factory=Tally)
    accounts: int = 0
    balance_squares: int = 0
    balance_sizes: int = 0
    size_squares: int = 0

    @property
    def are_crowded(self) -> bool:
        """Whether the range for several answers of an account is the one to show; of one account the plain one is."""
        return self.answers.responses > CROWDED * self.accounts > CROWDED

    @property
    def worth(self) -> float:
        """As many independent answers would say as much; never more than there are."""
        worth = self.answers.responses / effect(self)
        return min(worth, self.accounts) if self.accounts < SURE_OF_EFFECT else worth


def clustered(accounts: Iterable[Tally]) -> Clusters:
    """From the answers of each account; one without answers is left out."""
    known = [each for each in accounts if each.responses]
    balances = [each.promoters - each.detractors for each in known]
    sizes = [each.responses for each in known]
    promoters, detractors = sum(each.promoters for each in known), sum(each.detractors for each in known)
    return Clusters(
        answers=Tally(promoters, sum(sizes) - promoters - detractors, detractors),
        accounts=len(known),
        balance_squares=sum(balance**2 for balance in balances),
        balance_sizes=sum(balance * size for balance, size in zip(balances, sizes, strict=True)),
        size_squares=sum(size**2 for size in sizes),
    )


def effect(found: Clusters) -> float:
    """
    The design effect, 1 or more: by how much the variance grows because answers come in accounts.

    Σ(S - θ·n)² is a square: in whole numbers, times n², none of it is lost in rounding.
    """
    answers, accounts = found.answers, found.accounts
    size, balance = answers.responses, answers.promoters - answers.detractors
    spread = (answers.promoters + answers.detractors) * size - balance**2
    if accounts <= 1 or not spread:
        return 1
    squares = found.balance_squares * size**2 - 2 * balance * size * found.balance_sizes
    drawn = squares + balance**2 * found.size_squares
    return max(1, accounts * drawn / ((accounts - 1) * size * spread))


def clustered_nps(found: Clusters, *, confidence: float = CONFIDENCE) -> Nps | None:
    """The plain score with the range that several answers of an account leave; None without answers."""
    answers = found.answers
    if not answers.responses:
        return None
    share = found.worth / answers.responses
    around = adjusted_worth(answers.promoters * share, answers.detractors * share, found.worth)
    value = (answers.promoters - answers.detractors) / answers.responses
    return ranged(value, around, confidence=confidence, responses=answers.responses)
