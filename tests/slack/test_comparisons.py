"""Two scores beside each other: what is said of both is no surer than the answers are."""

from dataclasses import replace

from bot.rules.scoring import Tally, nps
from bot.services.reports import Score
from bot.services.scopes import Scope
from bot.services.surveys import SurveyKind
from bot.slack.blocks.comparisons import Sides, comparison, comparison_details

LEFT, RIGHT = Tally(40, 20, 40), Tally(60, 20, 20)


def a_score(answers: Tally, worth: float | None = None) -> Score:
    return Score(SurveyKind.RELATIONAL, 90, answers, nps(answers), None, worth)


def test_answers_of_the_same_accounts_compare_as_the_few_opinions_that_they_are():
    alone = Sides(Scope(), Scope(), a_score(LEFT), a_score(RIGHT))
    alike = replace(alone, left_score=a_score(LEFT, 20), right_score=a_score(RIGHT, 20))
    assert "The second is higher by 40." in comparison(alone).text
    assert "No clear difference." in comparison(alike).text
    assert "p = 0.0010" in comparison_details(alone).text
    assert "p = 0.1587" in comparison_details(alike).text
    assert "about 34 points" in comparison_details(alone).text
    assert "about 75 points" in comparison_details(alike).text
