"""Sample facts: one made-up customer, their answer and what came of it, for `samples` to draw."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.rules.exits import Reason
from bot.services.cards import CardFacts
from bot.services.surveys import SurveyKind
from bot.slack.blocks.accounts import AccountFacts
from bot.slack.blocks.follow_ups import AlertFacts
from storage.models import Account, Contact, ExitReason, FollowUp, Invitation, Response

WORKSPACE, CHANNEL, THREAD, COLLEAGUE = "T0SAMPLE", "C0SAMPLE", "1763719100.000001", "U0SAMPLE"
COMPANY, URL = "Northwind", "https://northwind.slack.com/"
COMMENT = "Exports time out every Monday."


def card_facts(
    now: datetime,
    *,
    language: str = "en",
    state: str = "sent",
    is_shared: bool = False,
    name: str = "Ana Ruiz",
    score: int = 4,
    comment: str | None = COMMENT,
) -> CardFacts:
    invitation = Invitation(
        id=1,
        workspace_id=WORKSPACE,
        survey_id=1,
        contact_id=1,
        occasion="sample",
        occasion_label="Tuesday's export problem",
        asked_by=COLLEAGUE,
        channel_id=CHANNEL if is_shared else None,
        thread_ts=THREAD if is_shared else None,
        permalink=f"{URL}archives/{CHANNEL}/p1763719100000001",
        kind=SurveyKind.TRANSACTIONAL,
        subject=COMPANY,
        language=language,
        state=state,
        created_at=now,
        send_at=now + timedelta(days=7),
        sent_at=now,
    )
    contact = Contact(id=1, workspace_id=WORKSPACE, user_id="U0ANA", name=name, first_seen_at=now)
    return CardFacts(invitation, contact, COMPANY, response(now, score=score, comment=comment))


def exit_facts(now: datetime, **where: Any) -> CardFacts:
    """The card of who did not renew; as `card_facts`."""
    facts = card_facts(now, **where)
    invitation = replace(facts.invitation, kind=SurveyKind.EXIT, occasion_label=None)
    return replace(facts, invitation=invitation, response=None, exit_reason=exit_reason(now))


def exit_reason(now: datetime, *, reason: Reason = Reason.PRICE, comment: str | None = COMMENT) -> ExitReason:
    whose = {"workspace_id": WORKSPACE, "survey_id": 1, "contact_id": 1, "invitation_id": 1}
    return ExitReason(id=1, **whose, reason=reason, chosen_at=now, comment=comment, answered_at=now)  # type: ignore[arg-type] # the columns above


def response(now: datetime, *, score: int = 4, comment: str | None = COMMENT) -> Response:
    return Response(
        id=1,
        workspace_id=WORKSPACE,
        survey_id=1,
        contact_id=1,
        invitation_id=1,
        kind=SurveyKind.TRANSACTIONAL,
        score=score,
        scored_at=now,
        comment=comment,
        solved="partly",
        wants_reply=True,
        answered_at=now,
    )


def alert_facts(now: datetime, *, state: str, comment: str | None = COMMENT, name: str = "Ana Ruiz") -> AlertFacts:
    facts = card_facts(now, state="answered", is_shared=True, name=name, comment=comment)
    return AlertFacts(
        follow_up(now, state),
        response(now, comment=comment),
        facts.invitation,
        facts.contact,
        "support",
        response(now, score=8),
        account_facts(now),
    )


def account_facts(now: datetime, name: str = "Beta GmbH") -> AccountFacts:
    account = Account(
        id=1,
        workspace_id=WORKSPACE,
        name=name,
        segment="Enterprise",
        owner_id=COLLEAGUE,
        arr=120_000,
        renews_on=now.date() + timedelta(days=45),
        created_at=now,
    )
    return AccountFacts(account, "EUR", (9, 4, 8))


def follow_up(now: datetime, state: str) -> FollowUp:
    claimed = {"claimed_by": COLLEAGUE, "claimed_at": now}
    resolved = {"resolved_by": COLLEAGUE, "resolved_at": now, "outcome": "fixed", "root_cause": "product"}
    extra = {"open": {}, "claimed": claimed, "resolved": claimed | resolved | {"note": "Raised the time-out."}}[state]
    return FollowUp(
        id=1,
        workspace_id=WORKSPACE,
        survey_id=1,
        response_id=1,
        first_score=4,
        causes="low_score",
        state=state,
        opened_at=now,
        reply_due_at=now + timedelta(days=1),
        card_channel_id=CHANNEL,
        card_ts=THREAD,
        **extra,  # type: ignore[arg-type] # the columns above, by state
    )


def declined(facts: CardFacts, now: datetime) -> CardFacts:
    """The same card once its person asked not to be asked again."""
    opted_out = Contact(
        id=1, workspace_id=WORKSPACE, user_id="U0ANA", name=facts.contact.name, first_seen_at=now, opted_out_at=now
    )
    return replace(facts, contact=opted_out)
