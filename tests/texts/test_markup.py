"""Mrkdwn: what people write can format nothing and mention nobody, and a time is right for every reader."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.texts import LANGUAGES, Mrkdwn, escape
from bot.texts.markup import as_plain, bold, channel, day, link, mention, moment, shorten

MORNING = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - naive by contract
LANGUAGE = st.sampled_from(list(LANGUAGES))
LOADING = settings(deadline=None)  # a language is read from disk when it is first needed
WORDY = st.text() | st.text("ab \n&", max_size=60)


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("<!channel>", "&lt;!channel&gt;"),
        ("Q&A", "Q&amp;A"),
        ("&lt;", "&amp;lt;"),
        ("a < b > c", "a &lt; b &gt; c"),
        ("Kim Weiß 日本", "Kim Weiß 日本"),
        (7, "7"),
    ],
)
def test_what_a_person_wrote_is_escaped(written, safe):
    assert escape(written) == safe


@given(st.text())
def test_escaped_text_opens_nothing(text):
    assert not {"<", ">"} & set(escape(text))


@given(st.text())
def test_escaping_twice_is_escaping_once(text):
    assert escape(escape(text)) == escape(text)


@given(st.text())
def test_escaped_text_reads_the_same_where_slack_takes_no_mrkdwn(text):
    assert as_plain(escape(text), {}) == text


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (mention("U0ANA"), "<@U0ANA>"),
        (channel("C0HELP"), "<#C0HELP>"),
        (bold("Ana <3"), "*Ana &lt;3*"),
        (link("https://northwind.example/", "a > b"), "<https://northwind.example/|a &gt; b>"),
    ],
)
def test_what_we_put_in_ourselves_is_markup(made, expected):
    assert made == expected
    assert isinstance(made, Mrkdwn)


@given(WORDY, st.integers(1, 50))
@example(" " * 20, 10)
def test_shortened_text_is_never_longer_than_asked(text, longest):
    assert len(shorten(text, longest)) <= longest


@given(WORDY, st.integers(1, 50))
def test_shortened_text_ends_with_an_ellipsis_exactly_when_it_was_cut(text, longest):
    short = shorten(text, longest)
    assert short == text if len(text) <= longest else short.endswith("…")


@given(WORDY, st.integers(1, 50))
def test_shortened_text_begins_as_it_began(text, longest):
    assert text.startswith(shorten(text, longest).removesuffix("…"))


@pytest.mark.parametrize(
    ("text", "longest", "shown"),
    [
        ("Exports time out", 16, "Exports time out"),
        ("Exports time out every Monday", 16, "Exports time…"),
        ("Exports time, out every Monday", 14, "Exports…"),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
        ("A Donaudampfschifffahrtsgesellschaft", 20, "A Donaudampfschifff…"),
    ],
)
def test_text_is_cut_at_a_word_where_that_costs_less_than_half(text, longest, shown):
    assert shorten(text, longest) == shown


def test_a_moment_is_shown_in_the_readers_own_zone_and_says_utc_where_slack_cannot():
    assert moment(MORNING) == "<!date^1795338300^{date_short_pretty}, {time}|Nov 22, 09:05 UTC>"


def test_a_day_is_shown_without_a_time():
    assert day(MORNING) == "<!date^1795338300^{date_short_pretty}|Nov 22>"


def test_the_fallback_of_a_moment_is_in_utc_whatever_zone_it_was_told_in():
    elsewhere = MORNING.astimezone(timezone(timedelta(hours=9)))
    assert moment(elsewhere) == moment(MORNING)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Nov 22"),
        ("de", "22. Nov."),
        ("fr", "22 nov."),
        ("es", "22 nov"),
        ("pt_BR", "22 de nov."),
        ("ja", "11月22日"),
    ],
)
def test_the_fallback_of_a_day_is_written_as_the_language_writes_it(language, told):
    assert as_plain(day(MORNING, language=language), {}) == told


@LOADING
@given(MOMENTS, LANGUAGE)
def test_a_moment_is_one_whole_token_in_every_language(at, language):
    token = moment(at, language=language)
    assert token.startswith(f"<!date^{int(at.timestamp())}^")
    assert token.count("<") == token.count(">") == token.count("|") == 1


@LOADING
@given(MOMENTS, LANGUAGE)
def test_beside_a_field_of_a_modal_a_moment_is_words(at, language):
    words = as_plain(Mrkdwn(f"until {moment(at, language=language)}"), {})
    assert words.startswith("until ")
    assert words.endswith(" UTC")
    assert not {"<", ">", "^", "|"} & set(words)
