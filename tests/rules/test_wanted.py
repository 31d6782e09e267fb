"""Words after `/nps` that ask for numbers, understood, and written again as somebody would type them."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.periods import NoPeriod
from bot.rules.wanted import Filter, Wanted, read, tokens, unquoted

TODAY = date(2026, 11, 18)
VIEWS, FREE = ("score", "trend", "by", "comments", "account"), ("comments", "account")
UNDERSTOOD = {
    "": Wanted(),
    "trend": Wanted("trend"),
    "Trend last 30 days": Wanted("trend", period="last 30 days"),
    "last 30 days segment:enterprise": Wanted(filters=(Filter("segment", "enterprise"),), period="last 30 days"),
    "enterprise this quarter": Wanted(rest=("enterprise",), period="this quarter"),
    "by segment owner:<@U1|ana b> 2026-Q3": Wanted("by", ("segment",), (Filter("owner", "<@U1|ana b>"),), "2026-Q3"),
    'account:"Acme Inc"': Wanted(filters=(Filter("account", "Acme Inc"),)),
    "account:“Acme Inc”": Wanted(filters=(Filter("account", "Acme Inc"),)),
    "Segment:enterprise": Wanted(filters=(Filter("segment", "enterprise"),)),
    "comments last resort page:3": Wanted("comments", ("last", "resort"), page=3),
    'comments "since 1 March"': Wanted("comments", ("since 1 March",)),
    "account Acme Inc": Wanted("account", ("Acme", "Inc")),
    "channel:<#C1|help> segment:a segment:b": Wanted(
        filters=(Filter("channel", "<#C1|help>"), Filter("segment", "a"), Filter("segment", "b"))
    ),
    "page:banana": Wanted(),
    "page:0": Wanted(),
}


def understood(text):
    return read(tokens(text), views=VIEWS, free=FREE, today=TODAY)


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_words_are_understood_as_people_type_them(text):
    assert understood(text) == UNDERSTOOD[text]


@pytest.mark.parametrize("text", ["last", "this century", "trend last 30 days this quarter", "by segment since"])
def test_half_a_period_and_a_second_one_are_refused_with_an_example(text):
    with pytest.raises(NoPeriod):
        understood(text)


def test_where_words_are_searched_for_a_second_period_is_words():
    found = understood("comments last 30 days this quarter")
    assert found == Wanted("comments", ("this", "quarter"), (), "last 30 days")


SIGNS = st.characters(blacklist_characters='"“”„«»', blacklist_categories=("Cs", "Cc"))
WORDS = st.text(SIGNS, min_size=1, max_size=12)
VALUES = WORDS.map(str.strip).filter(lambda word: word and not word.startswith("<") and not word.endswith(">"))
FILTERS = st.builds(Filter, st.sampled_from(["segment", "plan", "größe"]), VALUES)
WANTED = st.builds(
    Wanted,
    st.sampled_from(VIEWS),
    st.lists(VALUES, max_size=3).map(tuple),
    st.lists(FILTERS, max_size=3).map(tuple),
    st.sampled_from([None, "last 30 days", "this quarter", "since 2026-03-01", "2026-01-01 to 2026-02-01"]),
    st.integers(1, 9999),
)


@given(wanted=WANTED)
def test_what_is_written_is_understood_again(wanted):
    assert understood(wanted.words) == wanted


@pytest.mark.parametrize("word", ["december", "dec", "may", "2026", "last", "9999-12"])
def test_a_word_in_quotes_that_looks_like_a_time_stays_a_word(word):
    found = understood(f'comments "{word}"')
    assert found.rest == (word,)
    assert understood(found.words) == found


@given(text=st.text(max_size=60))
def test_whatever_is_typed_is_understood_or_refused_politely(text):
    with suppress(NoPeriod):
        found = understood(text)
        assert understood(found.words) == found


ODD = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12)
NAMED = ODD.map(unquoted).filter(bool)


@pytest.mark.parametrize("name", ["page", "Company Size", "2024 plan", "a:b", "a.b", "<x>", "größe", "trend", "😀"])
def test_whatever_a_property_is_called_its_filter_is_a_filter(name):
    found = understood(Wanted(filters=(Filter(name, "3"),)).words)
    assert (found.page, found.filters) == (1, (Filter(name.lower(), "3"),))


@pytest.mark.parametrize(
    "value", ['The "Best" Co', "“Gold”", '5" disks', "<@U1>", "a <@U1> b", "page:2", "last 30 days"]
)
def test_a_value_with_quotes_is_read_without_them(value):
    found = understood(Wanted(filters=(Filter("account", value), Filter("segment", "small"))).words)
    assert found.filters == (Filter("account", unquoted(value)), Filter("segment", "small"))


@given(name=NAMED, value=NAMED)
def test_any_name_and_value_are_written_so_that_they_are_read_again(name, value):
    found = understood(Wanted("by", (value,), (Filter(name, value),), "last 30 days").words)
    assert found == Wanted("by", (value,), (Filter(name.lower(), value),), "last 30 days")
