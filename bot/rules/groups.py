"""
Groups: the answers of each segment, owner or channel beside the others, and which stand out by more than chance.

Each group is compared with all the others together. Of many comparisons some would stand out by chance alone, so the
probabilities are corrected by S. Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal
of Statistics 1979.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from bot.rules.scoring import ENOUGH, Tally, points
from bot.rules.trend import SIGNIFICANT, Verdict, difference

SHOWN_FROM = 5  # answers: of fewer, single people could be told apart


@dataclass(frozen=True)
class Group:
    """`name` None: those that have none. `asked`, `eligible`: people; None where nobody can say how many could be."""

    name: str | None
    answers: Tally = field(default_factory=Tally)
    asked: int = 0
    eligible: int | None = None


@dataclass(frozen=True)
class Kept:
    """Groups that may be shown, and how many are not, with how many answers together."""

    shown: Sequence[Group]
    hidden: int = 0
    hidden_answers: int = 0


def total(groups: Sequence[Group]) -> Tally:
    answers = [each.answers for each in groups]
    return Tally(
        sum(each.promoters for each in answers),
        sum(each.passives for each in answers),
        sum(each.detractors for each in answers),
    )


def kept(
    groups: Sequence[Group], *, least: int = SHOWN_FROM, always: str | None = None, are_confidential: bool = False
) -> Kept:
    """
    Those with enough answers, the most answers first; one without any may be shown, since there is nothing to tell.

    `always`: this one is shown, however few answers it has. `are_confidential`: there are answers among them whose
    givers nobody may know, so what is hidden holds enough answers too, and nobody learns it by subtracting.
    """
    ordered = sorted(groups, key=lambda each: (-each.answers.responses, each.name or ""))
    own = {each for each in ordered if each.name == always is not None}
    few = {each for each in ordered if 0 < each.answers.responses < least and each not in own}
    shown = [each for each in ordered if each not in few]
    others = [each for each in shown if each.answers.responses and each not in own]
    while are_confidential and few and _responses(few) < SHOWN_FROM and others:
        few.add(others.pop())
    hidden = [each for each in ordered if each in few]
    return Kept([each for each in shown if each not in few], len(hidden), _responses(hidden))


def standouts(groups: Sequence[Group]) -> list[Verdict]:
    """What may be said of each group beside all the others together."""
    whole = total(groups)
    rests = [_without(whole, each.answers) for each in groups]
    tested = [n for n, each in enumerate(groups) if min(each.answers.responses, rests[n].responses) >= ENOUGH]
    corrected = holm([difference(rests[n], groups[n].answers).p for n in tested])
    found = [Verdict.TOO_FEW] * len(groups)
    for n, p in zip(tested, corrected, strict=True):
        by = points(groups[n].answers) - points(rests[n])
        found[n] = Verdict.NO_CLEAR_CHANGE if p >= SIGNIFICANT or by == 0 else _direction(by)
    return found


def holm(probabilities: Sequence[float]) -> list[float]:
    """Each probability corrected for there being several, in their order: never smaller than it was, at most 1."""
    order = sorted(range(len(probabilities)), key=lambda n: probabilities[n])
    corrected, highest = [0.0] * len(probabilities), 0.0
    for rank, n in enumerate(order):
        highest = max(highest, min(1.0, (len(probabilities) - rank) * probabilities[n]))
        corrected[n] = highest
    return corrected


def _direction(by: int) -> Verdict:
    return Verdict.HIGHER if by > 0 else Verdict.LOWER


def _responses(groups: Collection[Group]) -> int:
    return sum(each.answers.responses for each in groups)


def _without(whole: Tally, part: Tally) -> Tally:
    return Tally(whole.promoters - part.promoters, whole.passives - part.passives, whole.detractors - part.detractors)
