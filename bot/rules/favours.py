"""Favours: what happy people are asked for, in private, when they like, and not again for half a year."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from bot.rules.scoring import Category, category

OFFERED_EVERY = timedelta(days=180)  # whether they did one or not


class FavourKind(StrEnum):
    REFERRAL = "referral"  # they know somebody
    REVIEW = "review"  # a link, and nothing we learn of
    QUOTE = "quote"  # we may quote them
    KUDOS = "kudos"  # somebody of us is praised


def may_offer(score: int, *, kinds: Collection[str], last_offered_at: datetime | None, now: datetime) -> bool:
    """`last_offered_at`: with another answer of the same person."""
    if category(score) is not Category.PROMOTER or not kinds:
        return False
    return last_offered_at is None or now >= last_offered_at + OFFERED_EVERY
