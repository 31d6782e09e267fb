"""Alerts as the team sees them, and the modals behind their buttons."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.cli.sample_facts import account_facts, alert_facts
from bot.rules.closing import Outcome
from bot.services.surveys import SurveyKind
from bot.slack.blocks.accounts import AccountFacts
from bot.slack.blocks.follow_up_work import full_comment, resolve_modal
from bot.slack.blocks.follow_ups import AlertFacts, alert_card
from tests.gallery.documents import NOW, Narrow, States
from tests.gallery.states.people import COMMENTS, LONG_COMMENT, NAMES


def states() -> States:
    for state in ("open", "claimed", "resolved"):
        yield f"alert-{state}", alert_card(alert_facts(NOW, state=state))
        yield f"alert-{state}-long-comment", alert_card(alert_facts(NOW, state=state, comment=LONG_COMMENT))
    urgent = alert_facts(NOW, state="open")
    due = replace(urgent, mentioned="U0BO", follow_up=replace(urgent.follow_up, reply_due_at=NOW))
    yield "alert-mentions", alert_card(due)
    yield "alert-mentions-group", alert_card(replace(due, mentioned="S0CARE"))
    yield "alert-of-praise", alert_card(said(replace(urgent, mentioned="U0BO"), score=10))
    yield "alert-narrow", Narrow(alert_card(alert_facts(NOW, state="open")))
    yield from _answers()
    for which, name in NAMES.items():
        odd = alert_facts(NOW, state="open", name=name, comment=COMMENTS.get(which, "Exports time out."))
        yield f"alert-open-{which}", alert_card(odd)
    yield from _modals()


def _answers() -> States:
    facts = alert_facts(NOW, state="open")
    bare = said(replace(facts, previous=None), comment=None, solved=None, wants_reply=False)
    yield "alert-no-comment", alert_card(bare)
    alone = replace(bare.invitation, asked_by=None, occasion_label=None, kind=SurveyKind.RELATIONAL, permalink=None)
    yield "alert-relationship", alert_card(replace(bare, invitation=alone, survey_name="relationship"))
    yield "alert-score-changed", alert_card(said(facts, score=7))
    yield "alert-late", alert_card(said(facts, is_late=True))
    rehearsed = replace(facts, follow_up=replace(facts.follow_up, is_rehearsal=True))
    yield "alert-rehearsal", alert_card(rehearsed)
    yield "alert-without-account", alert_card(replace(facts, account=None))
    yield "alert-account-bare", alert_card(replace(facts, account=_account(segment=None, arr=None, renews_on=None)))
    renewed = _account(name=NAMES["long-name"], renews_on=NOW.date() - timedelta(days=40))
    yield "alert-account-renewed", alert_card(replace(facts, account=replace(renewed, currency=None, scores=())))
    resolved = alert_facts(NOW, state="resolved")
    mind = replace(resolved.follow_up, outcome=Outcome.CHANGED_MIND)
    yield "alert-changed-mind", alert_card(said(replace(resolved, follow_up=mind), score=9))


def _modals() -> States:
    claimed = alert_facts(NOW, state="claimed")
    yield "resolve", resolve_modal(claimed, response_url=None)
    yield "full-comment", full_comment(alert_facts(NOW, state="open", comment=LONG_COMMENT))
    yield "full-comment-removed", full_comment(said(claimed, comment=None))


def _account(**columns: Any) -> AccountFacts:
    known = account_facts(NOW)
    return replace(known, account=replace(known.account, **columns))


def said(facts: AlertFacts, **columns: Any) -> AlertFacts:
    return replace(facts, response=replace(facts.response, **columns))
