"""What is going on at Northwind today: conversations, fresh answers, questions that stand there unanswered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.demo import company, portfolio
from bot.demo.company import ADA, ANA, BO, CY, GENERAL, HELP, IDA, KIM, LEA, MAE, NUR, SAM, TOM, YUI, Somebody
from bot.demo.history import Surveys
from bot.demo.local_slack import LocalSlack
from bot.rules.answering import InvitationState
from bot.rules.closing import ContactKind
from bot.rules.urgency import Solved
from bot.services import contacts, follow_ups, invitations, privacy, responses, work
from bot.services.contacts import Facts
from bot.services.responses import Choice, Words
from bot.texts import language_for
from storage.database import Transaction
from storage.models import Contact, FollowUp, Invitation, Survey


@dataclass(frozen=True)
class Talk:
    """A thread: who says what, the first message first."""

    channel_id: str
    said: tuple[tuple[Somebody, str], ...]


ANAS_EXPORT = Talk(
    HELP,
    (
        (ANA, "Our Monday export has been stuck at 80 % since nine. Is that just us?"),
        (BO, "Not just you: the queue was full. I have started yours again by hand."),
        (ANA, "It came through now, thank you!"),
    ),
)
KIMS_IMPORT = Talk(
    HELP,
    (
        (KIM, "When I import contacts, Björn becomes Bj?rn. What am I doing wrong?"),
        (CY, "Nothing: please save the file as UTF-8 first. I will have that said on the page."),
        (KIM, "Works. Danke!"),
    ),
)
OTHERS = (
    Talk(HELP, ((TOM, "Invoice 2041 shows our old address."), (MAE, "The new one is in your mail."))),
    Talk(GENERAL, ((ADA, "Unhappy answers reach #help-alerts and #customer-alerts. Whoever is free takes one."),)),
)


@dataclass(frozen=True)
class Answer:
    """A fresh answer. `claimed_by`: who takes care of it already, and called them about it: `said`."""

    who: Somebody
    is_about_support: bool
    hours_ago: float
    score: int
    comment: str
    solved: Solved | None = None
    wants_reply: bool = False
    claimed_by: Somebody | None = None
    said: str | None = None


FRESH = (
    Answer(
        LEA, is_about_support=False, hours_ago=70, score=9, comment="Bo stayed until it worked. On a Friday evening."
    ),
    Answer(NUR, is_about_support=False, hours_ago=47, score=3, comment="التصدير بطيء جدًا كل صباح اثنين."),
    Answer(
        TOM,
        is_about_support=True,
        hours_ago=22,
        score=4,
        comment="I explained the same problem to three people.",
        solved=Solved.NO,
        wants_reply=True,
        claimed_by=CY,
        said="Called him. He has one contact now: me.",
    ),
    Answer(IDA, is_about_support=True, hours_ago=9, score=10, comment="Solved in five minutes.", solved=Solved.YES),
    Answer(
        SAM, is_about_support=False, hours_ago=3, score=0, comment="Two outages in one month. We are looking around."
    ),
)


async def play(talk: Talk, slack: LocalSlack) -> str:
    """Say it all; returns the ts of the thread."""
    (first, opening), *replies = talk.said
    thread_ts = await slack.say(first.user_id, talk.channel_id, opening)
    for who, text in replies:
        await slack.say(who.user_id, talk.channel_id, text, thread_ts=thread_ts)
    return thread_ts


async def answer_all(tx: Transaction, surveys: Surveys, *, now: datetime) -> None:
    for answer in FRESH:
        await _answer(tx, surveys.support if answer.is_about_support else surveys.relationship, answer, now=now)


async def ask_ana(tx: Transaction, surveys: Surveys, thread_ts: str, *, now: datetime) -> bool:
    """A question in the thread in which she was helped; False when she has answered the last time."""
    link = f"https://{company.DOMAIN}.slack.com/archives/{HELP}/p{thread_ts.replace('.', '')}?thread_ts={thread_ts}"
    place = {"channel_id": HELP, "thread_ts": thread_ts, "permalink": f"{link}&cid={HELP}"}
    return await _owe(tx, surveys.support, ANA, occasion_label="Monday's export", now=now, **place)


async def ask_yui(tx: Transaction, surveys: Surveys, *, now: datetime) -> None:
    """A question by direct message, in Japanese."""
    await _owe(tx, surveys.relationship, YUI, now=now)


async def _owe(tx: Transaction, survey: Survey, who: Somebody, *, now: datetime, **told: str) -> bool:
    """A question asked the last time and not answered is forgotten: the message it stood in is gone."""
    before = await contacts.by_user(tx, company.TEAM, who.user_id)
    if before is not None and await responses.of_contact(tx, before, limit=1):
        return False
    await privacy.erase(tx, company.TEAM, who.user_id, now=now)
    contact = await _meet(tx, who, now=now)
    invitation = _invitation(survey, contact, at=now, state=InvitationState.WAITING, **told)
    tx.add(invitation)
    await tx.flush()
    await invitations.promise_ask(tx, invitation, contact, now=now)
    return True


async def _answer(tx: Transaction, survey: Survey, answer: Answer, *, now: datetime) -> None:
    at, who = now - timedelta(hours=answer.hours_ago), answer.who.user_id
    invitation = _invitation(survey, await _meet(tx, answer.who, now=at), at=at, state=InvitationState.SENT)
    tx.add(invitation)
    await tx.flush()
    choice = Choice(invitation.id, who, answer.score, acted_at=at, source=f"demo:{invitation.id}")
    recorded = await responses.record_score(tx, company.TEAM, choice, now=at)
    words = Words(
        invitation.id,
        who,
        source=f"demo:{invitation.id}:words",
        comment=answer.comment,
        solved=answer.solved,
        wants_reply=answer.wants_reply,
    )
    await responses.record_words(tx, company.TEAM, words, now=at)
    follow_up = await follow_ups.of_response(tx, recorded.response.id)
    if follow_up is not None and answer.claimed_by is not None:
        await _look_after(tx, follow_up, answer.claimed_by, answer.said, now=at + timedelta(minutes=12))


async def _look_after(tx: Transaction, follow_up: FollowUp, by: Somebody, said: str | None, *, now: datetime) -> None:
    await follow_ups.claim(tx, follow_up, by=by.user_id, now=now)
    if said is not None:
        at = now + timedelta(minutes=40)
        await work.contacted(tx, follow_up, ContactKind.CALL, note=said, by=by.user_id, now=at)


async def _meet(tx: Transaction, who: Somebody, *, now: datetime) -> Contact:
    await portfolio.take_over_person(tx, who, now=now)
    facts = Facts(who.user_id, who.name, who.handle, language_for(who.locale))
    return await contacts.meet(tx, company.TEAM, facts, now=now)


def _invitation(survey: Survey, contact: Contact, *, at: datetime, state: str, **told: str) -> Invitation:
    return Invitation(
        workspace_id=company.TEAM,
        survey_id=survey.id,
        contact_id=contact.id,
        occasion=f"demo:{at.timestamp()}",
        asked_by=BO.user_id,
        kind=survey.kind,
        subject=company.NAME,
        language=contact.language or "en",
        state=state,
        created_at=at,
        send_at=at,
        sent_at=None if state == InvitationState.WAITING else at,
        **told,  # type: ignore[arg-type] # columns of text
    )
