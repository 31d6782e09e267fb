"""Locales: however Slack writes one, the language we keep is one we speak."""

import pytest

from bot.texts import language_for


@pytest.mark.parametrize(
    ("slack_locale", "language"),
    [("EN", "en"), ("DE", "de"), ("de-at", "de"), ("PT-br", "pt_BR"), ("PT", "pt_BR"), ("ES-LA", "es"), ("NL", None)],
)
def test_the_letters_a_locale_is_written_in_do_not_matter(slack_locale, language):
    assert language_for(slack_locale) == language
