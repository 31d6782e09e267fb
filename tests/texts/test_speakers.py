"""Speakers say a sentence in one language, and nobody's words can do more than be read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.texts import LANGUAGES, escape, language_for, speaker
from bot.texts.markup import mention

SAID = st.text() | st.sampled_from(
    ["<!channel>", "<@U0ANA>", "<#C0HELP>", "<!here|x>", "{0}", "{n}", "{}", "&lt;!here>"]
)
ENTITIES = ("<@", "<!", "<#")
LOADING = settings(deadline=None)  # a locale is read from disk when it is first needed
say = speaker("en")


@pytest.mark.parametrize(
    ("slack_locale", "language"),
    [
        ("en-US", "en"),
        ("en-GB", "en"),
        ("de-DE", "de"),
        ("de-AT", "de"),
        ("fr-FR", "fr"),
        ("fr-CA", "fr"),
        ("es-ES", "es"),
        ("es-LA", "es"),  # Slack's Latin America, which no list of locales knows
        ("pt-BR", "pt_BR"),
        ("pt-PT", "pt_BR"),
        ("ja-JP", "ja"),
        ("it-IT", None),
        ("zh-CN", None),
        ("zh-Hant-TW", None),
        ("xx", None),
        ("not a locale", None),
        ("--", None),
        ("", None),
        (None, None),
    ],
)
def test_slacks_locale_leads_to_a_language_of_ours(slack_locale, language):
    assert language_for(slack_locale) == language


@LOADING
@given(st.text(max_size=40))
def test_whatever_slack_calls_a_locale_the_answer_is_a_language_of_ours_or_none(slack_locale):
    assert language_for(slack_locale) in {None, *LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_speaker_for_every_language(language):
    assert speaker(language).language == language


def test_a_language_nobody_speaks_is_answered_in_english():
    assert speaker("tlh").language == "en"


def test_a_sentence_without_a_translation_is_said_in_english():
    assert speaker("de")("Never translated: {what}", what="42") == "Never translated: 42"


@given(SAID)
def test_a_slot_can_mention_nobody(words):
    told = say.mrkdwn("{name} said: {words}", name="Ana", words=words)
    assert not any(entity in told for entity in ENTITIES)


@given(SAID)
def test_a_slot_beside_a_count_can_mention_nobody(words):
    told = say.many("{n} of {words}", "{n} of {words}", 2, words=words)
    assert not any(entity in told for entity in ENTITIES)


@given(SAID)
def test_a_slot_is_shown_as_it_was_written(words):
    assert say.mrkdwn("Quoted: {words}", words=words) == f"Quoted: {escape(words)}"


def test_a_slot_that_is_safe_already_is_left_alone():
    assert say.mrkdwn("Asked by {person}", person=mention("U0BO")) == "Asked by <@U0BO>"


@pytest.mark.parametrize(("count", "told"), [(0, "0 answers"), (1, "1 answer"), (2, "2 answers")])
def test_the_count_chooses_the_form(count, told):
    assert say.many("{n} answer", "{n} answers", count) == told
