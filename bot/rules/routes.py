"""Routes: which alerts go to which channel, and whom they mention. The first one that fits decides."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.rules.scoring import HIGHEST, Category, category

MOST_ROUTES = 10
FORMER = "erased"  # stands for a colleague who was forgotten: what was theirs is nobody's, and so never fits
AMOUNT = re.compile(r"[0-9]{1,15}|[0-9]{1,3}(?:[ ,.'’\u00a0\u202f][0-9]{3}){1,4}")


class Hours(StrEnum):
    """When an answer came, by the hours in which colleagues work."""

    WORKING = "working"
    OFF = "off"


class Mentions(StrEnum):
    OWNER = "owner"  # the account's owner, else whoever asked
    ASKER = "asker"
    COLLEAGUE = "colleague"
    GROUP = "group"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Mention:
    """Whom an alert mentions. `target`: the colleague's or the user group's id, where it is one of these."""

    kind: Mentions = Mentions.OWNER
    target: str | None = None


@dataclass(frozen=True)
class Conditions:
    """Which answers a route is for: all that is said here holds; nothing said: every answer that alerts anyway."""

    survey_id: int | None = None
    segment: str | None = None
    owner_id: str | None = None
    arr_from: int | None = None
    categories: frozenset[Category] = frozenset()
    highest_score: int | None = None
    hours: Hours | None = None


@dataclass(frozen=True)
class Answer:
    """What routes look at. `is_urgent`: somebody should look at it, whatever the routes say."""

    survey_id: int
    score: int
    is_urgent: bool = True
    segment: str | None = None
    owner_id: str | None = None
    arr: int | None = None
    is_in_hours: bool = True


def fits(conditions: Conditions, answer: Answer) -> bool:
    """An answer that would not alert by itself fits only a route that names its category: so one asks for it."""
    found = category(answer.score)
    return (
        (found in conditions.categories or (answer.is_urgent and not conditions.categories))
        and conditions.survey_id in (None, answer.survey_id)
        and conditions.segment in (None, answer.segment)
        and conditions.owner_id in (None, answer.owner_id)
        and _reaches(answer.arr, conditions.arr_from)
        and answer.score <= (HIGHEST if conditions.highest_score is None else conditions.highest_score)
        and conditions.hours in (None, Hours.WORKING if answer.is_in_hours else Hours.OFF)
    )


def whom(mention: Mention, *, owner_id: str | None, asked_by: str | None) -> str | None:
    """A Slack id of a person or a user group. A colleague or group that is gone: the owner, as without a route."""
    match mention.kind:
        case Mentions.NOBODY:
            return None
        case Mentions.ASKER:
            return asked_by
        case Mentions.COLLEAGUE | Mentions.GROUP if mention.target:
            return mention.target
    return owner_id or asked_by


def is_group(id_: str) -> bool:
    """A user group's id; whoever is in it is called by a mention only."""
    return id_.startswith("S")


def moved(ids: Collection[int], one: int, by: int) -> list[int]:
    """The same ids with one of them so many places later (earlier, when negative); the ends hold it."""
    others = [each for each in ids if each != one]
    place = min(max(list(ids).index(one) + by, 0), len(others))
    return [*others[:place], one, *others[place:]]


def amount_of(text: str) -> int | None:
    """A whole amount as people write it: 50000, 50,000 or 50 000; None for anything else."""
    return int(re.sub(r"[^0-9]", "", text)) if AMOUNT.fullmatch(text) else None


def _reaches(arr: int | None, at_least: int | None) -> bool:
    return at_least is None or (arr is not None and arr >= at_least)
