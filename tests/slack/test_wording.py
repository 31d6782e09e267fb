"""Sentences stay true and whole, whatever people wrote and whatever is missing."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.cli.sample_facts import CHANNEL, URL, alert_facts, card_facts
from bot.cli.samples import report
from bot.rules.retry import Obstacle
from bot.rules.scoring import Tally
from bot.slack.blocks import notices
from bot.slack.blocks.follow_up_work import full_comment
from bot.slack.blocks.follow_ups import alert_card
from bot.slack.blocks.invitations import card
from bot.slack.blocks.reports import overview
from bot.texts.markup import isolated

NOW = datetime(2026, 11, 17, 10, 42, tzinfo=UTC)
HEBREW = "הייצוא נכשל (timeout), שוב."
NOTHING = Tally()


def test_a_comment_from_right_to_left_keeps_to_itself_in_the_thanks():
    assert f'"{isolated(HEBREW)}"' in card(card_facts(NOW, state="answered", comment=HEBREW)).text


def test_a_comment_from_right_to_left_keeps_to_itself_in_a_notification():
    assert f'"{isolated(HEBREW)}"' in alert_card(alert_facts(NOW, state="open", comment=HEBREW)).text


def test_an_occasion_from_right_to_left_keeps_to_itself_on_the_card():
    facts = card_facts(NOW, is_shared=True)
    asked = replace(facts, invitation=replace(facts.invitation, occasion_label=HEBREW))
    assert f"about {isolated(HEBREW)}:" in card(asked).text


def test_what_we_say_of_a_removed_comment_does_not_look_like_their_words():
    view = full_comment(alert_facts(NOW, state="open", comment=None))
    assert "rich_text" not in json.dumps(view)


def test_answers_after_support_alone_are_not_called_no_answers():
    told = overview(report(NOW, answers=NOTHING, before=NOTHING, after_support=Tally(18, 7, 9)), workspace_url=URL)
    assert "No relationship answers yet" in told.text
    assert "No answers yet" not in told.text


@pytest.mark.parametrize("answers", [Tally(1), Tally(4, 3, 2)])
def test_too_few_answers_say_from_how_many_on_there_is_a_score(answers: Tally):
    told = overview(report(NOW, answers=answers, before=NOTHING, after_support=NOTHING), workspace_url=URL)
    assert "A score is shown from 10 answers on" in told.text.splitlines()


def test_who_reads_of_a_messages_tab_that_is_off_learns_which_switch_to_use():
    assert "App Home" in notices.obstacle(Obstacle.MESSAGES_TAB, None).text
    assert "App Home" in notices.ask_waits(card_facts(NOW).contact, Obstacle.MESSAGES_TAB, CHANNEL).text


@pytest.mark.parametrize("until", [NOW + timedelta(days=1), None])
def test_a_question_that_rests_says_when_it_leaves(until: datetime | None):
    told = notices.ask_rests(card_facts(NOW).contact, until).text
    assert ("It leaves then: <!date" in told) is (until is not None)
    assert "then: later" not in told
