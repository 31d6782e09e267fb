"""Whose somebody is: by their Slack workspace, else by their mail; a guess that could be wrong is not made."""

import pytest

from bot.rules.accounts import FREE_MAIL, directory, mail_domains, whose

BETA, EUROPE, GAMMA = 1, 2, 3
KNOWN = directory(
    [
        (BETA, "T0BETA", ("beta.example", "beta.test")),
        (EUROPE, None, ("eu.beta.example",)),
        (GAMMA, "T0GAMMA", ()),
    ]
)


@pytest.mark.parametrize(
    ("team_id", "email", "account_id"),
    [
        ("T0BETA", None, BETA),
        ("T0GAMMA", "ana@beta.example", GAMMA),  # the Slack workspace is surer than the address
        ("T0OTHER", "ana@beta.example", BETA),
        (None, "ana@eu.beta.example", EUROPE),  # the longest domain
        (None, "ana@us.beta.example", BETA),
        (None, "Ana@BETA.test", BETA),
        (None, "ana@notbeta.example", None),
        (None, "ana", None),
        (None, None, None),
    ],
)
def test_the_surest_sign_decides(team_id, email, account_id):
    assert whose(team_id, email, KNOWN) == account_id


@pytest.mark.parametrize("domain", sorted(FREE_MAIL))
def test_a_free_address_is_nobodys(domain: str):
    assert whose(None, f"ana@{domain}", directory([(BETA, None, (domain,))])) is None


def test_a_top_level_domain_is_nobodys():
    assert mail_domains("ana@beta.example") == ["beta.example"]
