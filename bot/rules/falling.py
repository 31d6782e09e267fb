"""Has a score fallen so far that nobody should wait to be asked? Rarely said, since it is looked at every week."""

from datetime import datetime, timedelta

from bot.rules.scoring import ENOUGH, Tally, points
from bot.rules.trend import difference

RARE = 0.005  # at the usual 5 % two workspaces in three would be alarmed within two years, with nothing changed
COMPARED = timedelta(days=28)  # four weeks, with the four before
QUIET = timedelta(days=28)  # one alarm for a survey in that time


def has_fallen(before: Tally, after: Tally) -> bool:
    """Whether the later answers are lower by more than chance alone would leave once in two hundred times."""
    if min(before.responses, after.responses) < ENOUGH:
        return False
    found = difference(before, after)
    return found.p < RARE and found.value < 0 and points(after) < points(before)


def is_quiet(last_found_at: datetime | None, *, now: datetime) -> bool:
    """Whether an alarm for this survey is so recent that no other may follow."""
    return last_found_at is not None and now - last_found_at < QUIET
