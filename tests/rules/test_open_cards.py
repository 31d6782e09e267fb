"""Who answers on a card that was sent to somebody else belongs to the same company, beyond doubt."""

import pytest

from bot.rules.open_cards import Side, are_of_one_company

OURS, BETA, GAMMA = "T0OURS", "T0BETA", "T0GAMMA"
BETAS = Side(BETA, is_external=True)
GUEST = Side(OURS, is_guest=True, account_id=1)


@pytest.mark.parametrize(
    ("asked", "other", "are"),
    [
        (BETAS, Side(BETA, is_external=True), True),
        (BETAS, Side(GAMMA, is_external=True), False),
        (BETAS, Side(GAMMA, is_external=True, account_id=1), False),
        (Side(None, is_external=True), Side(None, is_external=True), False),
        (GUEST, Side(OURS, is_guest=True, account_id=1), True),
        (GUEST, Side(OURS, is_guest=True, account_id=2), False),
        (GUEST, Side(OURS, is_guest=True), False),
        (Side(OURS, is_guest=True), Side(OURS, is_guest=True), False),
        (GUEST, Side(OURS, account_id=1), False),
        (Side(OURS, account_id=1), GUEST, False),
        (GUEST, Side(BETA, is_external=True, account_id=1), False),
        (Side(BETA, is_external=True, account_id=1), GUEST, False),
    ],
)
def test_they_are_of_one_company(asked: Side, other: Side, are: bool):
    assert are_of_one_company(asked, other) is are
