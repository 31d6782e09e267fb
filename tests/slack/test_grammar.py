"""The words after /nps: what is understood, in any order and however Slack writes it, and what is politely not."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotUnderstood
from bot.slack.grammar import (
    COMMANDS,
    AskSomebody,
    ExplainAsking,
    HaltAsking,
    MessageLink,
    RecordInterview,
    Rehearse,
    ResumeAsking,
    ShowDigest,
    ShowDigests,
    ShowExits,
    ShowHelp,
    ShowManagers,
    ShowSurveys,
    ShowView,
    Who,
    message_link,
    nearest,
    parse,
)

ANA = Who(user_id="U0ANA")
MESSAGE, THREAD = "1763719200.000100", "1763719100.000001"
URL = "https://northwind.slack.com/archives/C0HELP/p1763719200000100"
IN_THREAD = f"{URL}?thread_ts={THREAD}&cid=C0HELP"
THREAD_LAST = f"{URL}?cid=C0HELP&thread_ts={THREAD}"
LINK = MessageLink("C0HELP", MESSAGE, MESSAGE)
WORDS = st.sampled_from(
    [*COMMANDS, "5", "<@U0ANA>", "@ana", "a@b.c", f"<{URL}>", IN_THREAD, "support", "<", "&lt;", "|"]
)


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("", ShowView()),
        ("   ", ShowView()),
        ("help", ShowHelp()),
        ("HELP", ShowHelp()),
        ("  help  ", ShowHelp()),
        ("surveys", ShowSurveys()),
        ("managers", ShowManagers()),
        ("stop", HaltAsking()),
        ("start", ResumeAsking()),
        ("try", Rehearse()),
        ("try support", Rehearse("support")),
        ("exits", ShowExits()),
        ("digest", ShowDigest()),
        ("digest Setup", ShowDigests()),
        ("record <@U0ANA>", RecordInterview(ANA)),
        ("why @ana", ExplainAsking(Who(handle="ana"))),
    ],
)
def test_a_command_is_understood(text, understood):
    assert parse(text) == understood


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("<@U0ANA>", ANA),
        ("<@U0ANA|ana>", ANA),
        ("<@U0ANA|>", ANA),
        ("<@W0EVA|eva.sol>", Who(user_id="W0EVA")),
        ("@ana", Who(handle="ana")),
        ("@ana.ruiz", Who(handle="ana.ruiz")),
        ("@jürgen", Who(handle="jürgen")),
        ("@花子", Who(handle="花子")),
        ("ana@beta.example", Who(email="ana@beta.example")),
        ("<mailto:ana@beta.example|ana@beta.example>", Who(email="ana@beta.example")),
        ("<mailto:ana+nps@beta.example>", Who(email="ana+nps@beta.example")),
        ("o&amp;m@beta.example", Who(email="o&m@beta.example")),
    ],
)
def test_a_person_is_understood_however_they_are_named(typed, who):
    assert parse(f"ask {typed}") == AskSomebody(who)


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        (URL, LINK),
        (f"<{URL}>", LINK),
        (f"<{URL}|a message>".replace(" ", "-"), LINK),
        (IN_THREAD, MessageLink("C0HELP", MESSAGE, THREAD)),
        (f"<{IN_THREAD}>", MessageLink("C0HELP", MESSAGE, THREAD)),
        (f"<{IN_THREAD}|here>", MessageLink("C0HELP", MESSAGE, THREAD)),
        (f"<{IN_THREAD.replace('&', '&amp;')}>", MessageLink("C0HELP", MESSAGE, THREAD)),
        (IN_THREAD.replace("&", "&amp;"), MessageLink("C0HELP", MESSAGE, THREAD)),
        (THREAD_LAST, MessageLink("C0HELP", MESSAGE, THREAD)),
        (f"<{THREAD_LAST.replace('&', '&amp;')}>", MessageLink("C0HELP", MESSAGE, THREAD)),
        (URL.replace("C0HELP", "D0ANA"), MessageLink("D0ANA", MESSAGE, MESSAGE)),
    ],
)
def test_a_link_is_understood_in_every_shape_slack_gives_it(typed, link):
    assert parse(f"ask <@U0ANA> {typed}") == AskSomebody(ANA, link=link)


@pytest.mark.parametrize(
    "word",
    [
        "",
        "https://northwind.slack.com/archives/C0HELP",
        "https://northwind.slack.com/archives/C0HELP/p17637192",
        f"http{URL.removeprefix('https')}",
        "https://example.org/p1763719200000100",
        f"{URL}x",
    ],
)
def test_another_address_is_no_link_to_a_message(word):
    assert message_link(word) is None


@pytest.mark.parametrize("words", list(permutations(["<@U0ANA|ana>", "support", f"<{URL}>"])))
def test_the_order_of_words_does_not_matter(words):
    assert parse(" ".join(("ask", *words))) == AskSomebody(ANA, "support", LINK)


@pytest.mark.parametrize(
    ("typed", "survey"), [("R&amp;D", "R&D"), ("Support", "Support"), ("zufriedenheit-größe", "zufriedenheit-größe")]
)
def test_a_survey_is_named_as_it_was_typed(typed, survey):
    assert parse(f"ask @ana {typed}") == AskSomebody(Who(handle="ana"), survey)


@pytest.mark.parametrize(
    ("text", "word", "nearest"),
    [
        ("help me", "me", None),
        ("stop &lt;b&gt;", "<b>", None),
        ("try one two", "two", "try"),
        ("ask", "ask", "ask @person"),
        ("ask support", "ask support", "ask @person"),
        ("ask @", "@", "ask @person"),
        ("ask <@U0ANA> <@U0KIM>", "<@U0KIM>", "ask @person"),
        ("ask <@U0ANA> one two", "two", "ask @person"),
        ("ask <@U0ANA> <#C0HELP|help>", "<#C0HELP|help>", "ask @person"),
    ],
)
def test_what_is_not_understood_is_named_with_the_nearest_thing_we_know(text, word, nearest):
    with pytest.raises(NotUnderstood) as puzzled:
        parse(text)
    assert (puzzled.value.word, puzzled.value.nearest) == (word, nearest)


@pytest.mark.parametrize(
    "text", ["segment:enterprise", "last 30 days", "hepl", "日本", "R&amp;D", "trend <@U0ANA|ana>"]
)
def test_what_begins_with_no_command_asks_for_numbers(text):
    assert parse(text) == ShowView(text.replace("&amp;", "&"))


@pytest.mark.parametrize(
    ("word", "command"),
    [
        ("hepl", "help"),
        ("Detracters", "detractors"),
        ("survey", "surveys"),
        ("scor", "score"),
        ("xyzzy", None),
        ("日本", None),
    ],
)
def test_the_nearest_command_is_proposed(word, command):
    assert nearest(word, views=["score", "detractors"]) == command


@given(st.text() | st.lists(WORDS | st.text(max_size=8)).map(" ".join))
def test_whatever_is_typed_it_is_understood_or_politely_not(text):
    nearest = None
    try:
        parse(text)
    except NotUnderstood as puzzled:
        nearest = puzzled.nearest
    assert nearest is None or parse(nearest)


@given(st.lists(WORDS | st.text(max_size=8)).map(lambda words: " ".join(["ask", *words])))
def test_whoever_is_asked_was_named_in_exactly_one_way(text):
    try:
        who = parse(text).who
    except NotUnderstood:
        return
    assert [bool(each) for each in (who.user_id, who.email, who.handle)].count(True) == 1
