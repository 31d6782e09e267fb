"""Who is offered to do a favour: happy people, and not again for half a year."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.rules.favours import may_offer

NOW = datetime(2026, 11, 17, 10, 0, tzinfo=UTC)
KINDS = ("quote",)


@pytest.mark.parametrize(("score", "expected"), [(0, False), (6, False), (8, False), (9, True), (10, True)])
def test_only_promoters_are_offered_one(score, expected):
    assert may_offer(score, kinds=KINDS, last_offered_at=None, now=NOW) is expected


def test_where_nothing_is_set_up_nothing_is_offered():
    assert not may_offer(10, kinds=(), last_offered_at=None, now=NOW)


@pytest.mark.parametrize(("ago", "expected"), [(0, False), (179, False), (180, True)])
def test_once_in_half_a_year(ago, expected):
    assert may_offer(10, kinds=KINDS, last_offered_at=NOW - timedelta(days=ago), now=NOW) is expected
