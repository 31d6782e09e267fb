"""Reasons with no comments and a hundred thousand, comments of people who make layouts break, and the list of words."""

from dataclasses import replace

from bot.cli.sample_facts import COMMENT, URL, account_facts, alert_facts, follow_up, response
from bot.rules.odds import Suggestion
from bot.rules.privacy import Privacy
from bot.rules.scoring import FEW, Category, Tally
from bot.rules.shares import wilson
from bot.rules.sought import SCORES, Sought
from bot.rules.themes import DEFAULTS, LONGEST_NAME, MOST_THEMES, Theme
from bot.rules.wanted import Wanted
from bot.services.comments import Comment, Found
from bot.services.interviews import Mode
from bot.services.reasons import GoesWith, OfCategory, Quoted, Reason, Reasons
from bot.services.scopes import Scope
from bot.services.suggestions import Suggested
from bot.slack.blocks.comments import comments_menu, comments_page
from bot.slack.blocks.reasons import reasons_page
from bot.slack.blocks.themes import Listed, theme_list, theme_modal
from bot.slack.blocks.views import Page, about, framed
from bot.slack.contexts import ViewAct
from tests.gallery.documents import NOW, Narrow, States, Whisper
from tests.gallery.states.people import COMMENTS, LONG_COMMENT, NAMES

COUNTS = (0, 1, 9, 10, 29, 30, 100, 100_000)
BY_KEY = {each.key: each for each in DEFAULTS}
WORDS = {
    Category.PROMOTER: ("support", "Bo stayed until it worked. On a Friday evening."),
    Category.PASSIVE: ("missing", "Good, but we would love to see a dark mode."),
    Category.DETRACTOR: ("reliability", COMMENT),
}
OWN = Theme("own-1", "W" * LONGEST_NAME, {"en": ("word " * 11,), "ja": ("書き出し",)}, is_default=False)
VIEWS = [("score", "Score"), ("reasons", "Reasons"), ("comments", "Comments")]


def states() -> States:
    for count in COUNTS:
        yield f"reasons-{count}", Whisper(reasons_page(_reasons(count), about(Scope())))
    yield "reasons-being-read", Whisper(reasons_page(replace(_reasons(30), is_reading=True), about(Scope())))
    yield "reasons-narrow", Narrow(reasons_page(_reasons(100), about(Scope())))
    yield "reasons-odd-people", Whisper(reasons_page(_said_by_odd_people(), about(Scope())))
    yield from _comments()
    yield from _themes()


def _reasons(count: int) -> Reasons:
    """Half of them by promoters, a third by detractors."""
    counts = {Category.PROMOTER: count - count // 3 - count // 6, Category.PASSIVE: count // 6}
    counts |= {Category.DETRACTOR: count // 3}
    categories = [_of(which, n) for which, n in counts.items()]
    goes_with = [
        GoesWith(BY_KEY["price"], Tally(count // 12, 0, count // 6), Tally(2 * count // 5, count // 5, 3 * count // 20))
    ]
    unmatched = [Quoted(9, "I explained the same problem to three people.", 5, "Kim Weiß")] if count else []
    matched = sum(each.matched for each in categories)
    return Reasons(categories, count, matched, goes_with if count >= 100 else (), unmatched)


def _of(which: Category, count: int) -> OfCategory:
    key, words = WORDS[which]
    shares = [(key, 3 * count // 5), ("speed", count // 3), ("price", count // 5)]
    named = [(BY_KEY[each], wilson(hits, count)) for each, hits in shares if hits >= 3 and count >= FEW]
    quote = Quoted(1, words, SCORES[which][1], "Ana Ruiz")
    reasons = [Reason(theme, share, None if theme.key == "price" else quote) for theme, share in named if share]
    return OfCategory(which, count, 4 * count // 5, reasons)


def _said_by_odd_people() -> Reasons:
    quotes = [Quoted(1, COMMENTS.get(name, LONG_COMMENT), 3, whose) for name, whose in NAMES.items()]
    quotes += [Quoted(1, COMMENT, 3, None)]
    share = wilson(12, 40)
    themes = [OWN, *DEFAULTS][: len(quotes)]
    assert share is not None
    reasons = [Reason(theme, share, quote) for theme, quote in zip(themes, quotes, strict=True)]
    return Reasons([OfCategory(Category.DETRACTOR, 40, 36, reasons)], 40, 36, (), quotes[:3])


def _comment(n: int = 1, *, name: str = "Ana Ruiz", words: str = COMMENT, score: int = 3) -> Comment:
    facts = alert_facts(NOW, state="open")
    contact = replace(facts.contact, name=name) if facts.contact else None
    answer = replace(response(NOW, score=score, comment=words), id=n)
    themes = [BY_KEY["reliability"], BY_KEY["speed"]]
    return Comment(answer, contact, account_facts(NOW).account.name, "relationship", themes, follow_up=_alert())


def _alert():
    return replace(follow_up(NOW, "open"), card_channel_id="C0SAMPLE", card_ts="1763719100.000001")


def _comments() -> States:
    everything = Sought()
    yield "comments-none", _page(Found(Sought(Category.DETRACTOR, "speed", words=("monday",)), [], 0, themes=DEFAULTS))
    yield "comments-1", _page(Found(everything, [_comment()], 1, themes=DEFAULTS))
    ten = [_comment(n, words=f"{COMMENT} Number {n}.") for n in range(1, 11)]
    yield "comments-100000", _page(Found(everything, ten, 100_000, themes=DEFAULTS))
    odd = [
        _comment(n, name=each, words=COMMENTS.get(key, LONG_COMMENT)) for n, (key, each) in enumerate(NAMES.items(), 1)
    ]
    odd += [replace(_comment(7), themes=(), is_odd=True, company=None), _in_confidence(), _in_a_meeting()]
    yield "comments-odd", _page(Found(Sought(theme="speed", words=("הייצוא", "<!channel>")), odd, 8, themes=DEFAULTS))
    bare = Found(Sought(is_unmatched=True), [replace(_comment(), themes=())], 1)
    yield "comments-without-any-theme", _page(bare)


def _in_confidence() -> Comment:
    one = _comment(8)
    answer = replace(one.response, privacy=Privacy.CONFIDENTIAL)
    return replace(one, response=answer, contact=None, company=None)


def _in_a_meeting() -> Comment:
    one = _comment(9)
    return replace(one, response=replace(one.response, mode=Mode.INTERVIEWER, recorded_by="U0BO"), follow_up=None)


def _page(found: Found) -> Whisper:
    wanted = Wanted("comments")
    shown = comments_page(found, about(Scope(wanted)), words=wanted.words, workspace_url=URL)
    page = Page(shown, has_more=found.has_more, menus=[comments_menu(found)])
    return Whisper(framed(page, wanted, views=VIEWS, acts=[ViewAct.EXPLAIN]))


def _themes() -> States:
    exports = Suggested("en", Suggestion("exports", 21, 2, 4.2))
    learnt = [exports, *(Suggested("de", replace(exports.suggestion, word=f"tabelle{n}")) for n in range(4))]
    yield "themes-member", Whisper(theme_list(Listed(DEFAULTS)))
    yield "themes-manager", Whisper(theme_list(Listed(DEFAULTS, [exports], is_manager=True, is_reading=True)))
    none = Theme("own-2", "*Nothing* yet", {}, is_default=False)
    many = [*DEFAULTS, OWN, none, *(replace(OWN, key=f"own-{n}", name=f"Theme {n}") for n in range(3, 21))]
    assert len(many) == MOST_THEMES
    yield "themes-30", Whisper(theme_list(Listed(many, learnt, is_manager=True)))
    yield "themes-none", Whisper(theme_list(Listed([], [exports], is_manager=True)))
    yield "theme-modal-new", theme_modal(None, is_brought=False, response_url=None)
    changed = replace(BY_KEY["speed"], name="Pace", is_default=False)
    yield "theme-modal-changed", theme_modal(changed, is_brought=True, response_url=None)
    yield "theme-modal-own", theme_modal(OWN, is_brought=False, response_url=None)
