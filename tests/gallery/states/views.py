"""What `/nps` shows of some people or another time, with few answers and many; its menus and windows."""

from dataclasses import replace

from bot.rules.answering import InvitationState as State
from bot.rules.groups import Group, kept, standouts
from bot.rules.periods import period
from bot.rules.scoring import Category, Tally, nps
from bot.rules.trend import change
from bot.rules.wanted import Filter, Wanted
from bot.services.account_answers import RevenueScore
from bot.services.answer_lists import Listed
from bot.services.breakdowns import Breakdown
from bot.services.coverage import Coverage
from bot.services.dimensions import Known
from bot.services.reports import Score, Standing
from bot.services.scopes import Scope
from bot.services.surveys import SurveyKind
from bot.slack.blocks import breakdowns, comparisons, coverage, explanations, score_details, views
from bot.slack.blocks.answer_lists import answer_list
from bot.slack.blocks.comparisons import Sides
from bot.slack.blocks.help import puzzled_page
from bot.slack.blocks.kit import Message
from bot.slack.blocks.reports import scoped
from bot.slack.blocks.views import Page
from bot.slack.contexts import ViewAct
from bot.texts.markup import Mrkdwn
from tests.gallery.documents import NOW, States, Whisper
from tests.gallery.states.people import NAMES
from tests.gallery.states.surveys import a_survey

TALLIES = {
    "0": Tally(),
    "1": Tally(1),
    "9": Tally(4, 3, 2),
    "10": Tally(5, 3, 2),
    "29": Tally(14, 8, 7),
    "30": Tally(15, 8, 7),
    "100": Tally(48, 30, 22),
    "100000": Tally(41_000, 27_000, 32_000),
}
OFFERED = [("score", "Score"), ("trend", "Trend"), ("by", "By segment …"), ("reasons", "Reasons")]
ACTS = list(ViewAct)
DIMENSIONS = ("survey", "segment", "owner", "account", "channel", "role", "occasion", "agent", "plan")
LONG = "Hohenstein-Fürstenberg-Langenburgh Maschinenbau & Söhne GmbH & Co. KGaA, Niederlassung Südwest"


def states() -> States:
    for count, answers in TALLIES.items():
        yield from _of(count, answers)
    yield from _filters()
    yield (
        "view-detractors-everywhere",
        Whisper(
            framed(Page(answer_list(Listed(Category.DETRACTOR, []), Mrkdwn(""), workspace_url="https://x/")), Wanted())
        ),
    )
    yield "view-how-to-compare", Whisper(comparisons.how_to_compare())
    for name in ("SCORE", "TREND", "REASONS", "COMMENTS", "BY", "COMPARE", "COVERAGE", "BENCHMARKS"):
        yield f"view-explained-{name.lower()}", views.explained_modal(getattr(explanations, name))
    yield "view-shared-there", Whisper(views.shared_there("C0SAMPLE"))


def _of(count: str, answers: Tally) -> States:
    scope = a_scope()
    standing = a_standing(answers)
    whole = a_scope(period_words=None)
    page = Page(scoped(standing, scope, views.about(scope)))
    yield f"view-score-{count}", Whisper(framed(page, scope.wanted))
    yield f"view-score-latest-{count}", Whisper(scoped(standing, whole, views.about(whole)))
    revenue = RevenueScore(
        answers.responses, answers.responses / 3, 4, nps(answers) if answers.responses > 20 else None
    )
    crowded = replace(standing, score=replace(standing.score, worth=answers.responses / 2))
    yield f"view-details-{count}", views.details_modal(score_details.score_details(standing))
    yield f"view-details-accounts-{count}", views.details_modal(score_details.score_details(crowded, revenue))
    yield f"view-shared-{count}", views.shared(page.message, by="U0BO")
    yield f"view-by-{count}", Whisper(framed(by(answers), Wanted("by", ("segment",))))
    both = Sides(scope, whole, standing.score, a_standing(Tally(20, 8, 10)).score)
    yield f"view-compare-{count}", Whisper(comparisons.comparison(both))
    yield f"view-compare-details-{count}", views.details_modal(comparisons.comparison_details(both))
    yield f"view-coverage-{count}", Whisper(coverage.coverage_page(covered(answers), views.dated(scope)))


def _filters() -> States:
    known = Known([a_survey("support"), a_survey("relationship")], ["enterprise", LONG, *NAMES.values()], ["admin"])
    wanted = a_scope().wanted
    yield "view-filter", views.narrow_modal(wanted, known, response_url=None)
    yield "view-filter-nothing-known", views.narrow_modal(Wanted(), Known([], [], []), response_url=None)
    shown = scoped(a_standing(TALLIES["100"]), a_scope(), views.about(a_scope()))
    yield "view-share", views.share_modal(shown, wanted, channel_id="C0SAMPLE", response_url=None)
    names = [Group(name, answers) for name, answers in zip(NAMES.values(), TALLIES.values(), strict=False)]
    for dimension in ("owner", "channel", "agent", "account", "plan"):
        groups = [Group(f"U0{n}", each.answers, 12) for n, each in enumerate(names)]
        found = groups if dimension in ("owner", "agent") else [replace(each, asked=3, eligible=40) for each in names]
        yield f"view-by-{dimension}", Whisper(framed(_by(dimension, found), Wanted("by", (dimension,))))
    yield "view-page-2", Whisper(framed(replace(by(TALLIES["30"]), has_more=True), Wanted("by", ("segment",), page=2)))
    one = Page(scoped(a_standing(TALLIES["30"]), a_scope(), views.about(a_scope())))
    yield "view-one-act", Whisper(views.framed(one, wanted, views=OFFERED, acts=[ViewAct.EXPLAIN]))
    yield "view-puzzled", Whisper(puzzled_page(Mrkdwn("I do not understand `segment:enterprize`.")))


def framed(page: Page, wanted: Wanted) -> Message:
    return views.framed(page, wanted, views=OFFERED, acts=ACTS)


def a_scope(*, period_words: str | None = "this quarter") -> Scope:
    filters = (Filter("segment", "enterprise"), Filter("owner", "<@U0BO>"), Filter("account", LONG))
    found = period(period_words, zone=NOW.tzinfo, now=NOW) if period_words else None
    return Scope(Wanted(filters=filters, period=period_words), period=found)


def a_standing(answers: Tally) -> Standing:
    before = Tally(20, 8, 10)
    rate = 0.31 if answers.responses else None
    return Standing(Score(SurveyKind.RELATIONAL, 90, answers, nps(answers), rate), before, change(before, answers))


def by(answers: Tally) -> Page:
    others = [Group("small & <medium>", Tally(30, 20, 40), 100, 240), Group(LONG, Tally(2, 0, 1), 4, 9), Group(None)]
    return _by("segment", [Group("enterprise", answers, answers.responses, answers.responses * 3), *others])


def _by(dimension: str, groups: list[Group]) -> Page:
    verdicts = {each.name: found for each, found in zip(groups, standouts(groups), strict=True)}
    found = Breakdown(dimension, kept(groups), verdicts)
    return breakdowns.breakdown(found, Mrkdwn("relationship, last 90 days"), page=1, offered=DIMENSIONS)


def covered(answers: Tally) -> Coverage:
    count = answers.responses
    questions = {State.ANSWERED: count, State.EXPIRED: count * 2, State.DECLINED: count // 3, State.SENT: 3}
    withheld = {"recontact": 14, "account": 3, "floor": 1, "opted_out": 2}
    return Coverage(
        count * 5, count // 9, count * 3, questions, count // 20, count, count // 2, withheld if count else {}
    )
