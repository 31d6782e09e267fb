"""People paste tokens as they find them; what is no token is recognised."""

import pytest

from bot.cli.credentials import masked, misplaced, tidy

TOKEN = "xoxb-1111-2222-abcdWXYZ"


@pytest.mark.parametrize(
    "pasted",
    [
        TOKEN,
        f"  {TOKEN}\n",
        f'"{TOKEN}"',
        f"“{TOKEN}”",
        f"`{TOKEN}`,",
        f"SLACK_BOT_TOKEN={TOKEN}",
        f"SLACK_BOT_TOKEN = '{TOKEN}';",
        f'export SLACK_BOT_TOKEN="{TOKEN}"',
        f'"SLACK_BOT_TOKEN": "{TOKEN}",',
        f"Bot User OAuth Token: {TOKEN}",
        f"Authorization: Bearer {TOKEN}",
        "xoxb-1111- 2222-abcd WXYZ",
    ],
)
def test_a_token_is_found_however_it_was_pasted(pasted: str) -> None:
    assert tidy(pasted) == TOKEN
    assert misplaced("SLACK_BOT_TOKEN", tidy(pasted)) is None


@pytest.mark.parametrize(
    ("pasted", "kind"),
    [
        ("xapp-1-A0-2-c", "an app-level token"),
        ("xoxp-1-2", "a user token"),
        ("xoxe.xoxp-1-2", "a refresh or configuration token"),
        ("xoxc-1-2", "a token of somebody's browser"),
        ("https://hooks.slack.com/services/T0/B0/x", "a webhook address"),
        ("https://api.slack.com/apps/A0", "a web address"),
        ("1111.2222", "a client ID"),
        ("0123456789abcdef0123456789abcdef", "a signing secret or a client secret"),
        ("AbCdEfGh1234567890AbCdEf", "a verification token"),
        ("A0123456789", "an app ID"),
    ],
)
def test_what_is_pasted_in_the_wrong_place_is_recognised_and_not_repeated(pasted: str, kind: str) -> None:
    sentence = misplaced("SLACK_BOT_TOKEN", tidy(pasted)) or ""
    assert sentence.startswith(f"This is {kind}")
    assert "The bot token stands in Slack under api.slack.com/apps, your app, OAuth & Permissions" in sentence
    assert pasted not in sentence


@pytest.mark.parametrize("value", ["xoxb-", "xoxb-a b", "xoxb-1…2", "0123456789ABCDEF0123456789ABCDEF", "0123"])
def test_what_is_damaged_is_not_taken(value: str) -> None:
    name = "SLACK_BOT_TOKEN" if value.startswith("xoxb") else "SLACK_SIGNING_SECRET"
    assert "does not look like" in (misplaced(name, value) or "")


def test_only_the_last_four_characters_of_a_kept_token_are_shown() -> None:
    assert masked(TOKEN) == "xoxb-…WXYZ"
    assert masked("0123456789abcdef0123456789abcdef") == "…cdef"
