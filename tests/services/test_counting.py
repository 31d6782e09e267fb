"""What a report counts is what its definition says, read answer by answer: on any history, any window, any slice."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.rules.answering import InvitationState, Mode
from bot.services import contacts, responses, surveys
from bot.services.contacts import Facts
from bot.services.responses import Choice
from bot.services.surveys import SurveyKind
from storage import reports, trends
from storage.database import Database, Transaction
from storage.models import Account, Contact, Invitation, Response, Survey
from storage.responses import supersede
from storage.slices import ALL, Slice
from tests.factories import NORTHWIND, make_invitation, make_workspace

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
STARTS, PEOPLE = NOW - timedelta(minutes=30), 4
SEGMENTS, CHANNELS, TRIGGERS = ("large", "small"), ("C0ONE", "C0TWO", None), ("schedule", "event")
MINUTES = st.integers(0, 6)  # so few that people answer twice at the same moment
KINDS = st.sampled_from(("relational", "transactional"))
names = count()


@dataclass(frozen=True)
class Said:
    """One question, and what came of it; `score` None: no answer."""

    person: int
    kind: str
    minute: int
    score: int | None
    state: str = "answered"
    is_second: bool = False  # of two surveys of its kind
    is_repeat: bool = False
    is_rehearsal: bool = False
    mode: str = "self"
    privacy: str = "named"
    channel: str | None = None
    trigger: str = "schedule"

    @property
    def at(self) -> datetime:
        return STARTS + timedelta(minutes=self.minute)

    @property
    def is_counted(self) -> bool:
        return self.mode == "self" and not self.is_rehearsal


@dataclass(frozen=True)
class Narrowed:
    """A slice as people say it."""

    second: bool = False
    segment: str | None = None
    channel: str | None = None
    trigger: str | None = None

    def fits(self, it: Said) -> bool:
        tells_who = self.segment or self.channel
        return (
            (not self.second or it.is_second)
            and self.segment in (None, SEGMENTS[it.person % 2])
            and self.channel in (None, it.channel)
            and self.trigger in (None, it.trigger)
            and not (tells_who and it.privacy == "confidential")
        )


ANSWERS = st.builds(
    Said,
    person=st.integers(0, PEOPLE - 1),
    kind=KINDS,
    minute=MINUTES,
    score=st.integers(0, 10),
    is_second=st.booleans(),
    is_repeat=st.booleans(),
    is_rehearsal=st.integers(0, 9).map(lambda drawn: drawn == 0),
    mode=st.sampled_from(["self", "self", "self", "interviewer", "volunteered"]),
    privacy=st.sampled_from(["named", "named", "confidential"]),
    channel=st.sampled_from(CHANNELS),
    trigger=st.sampled_from(TRIGGERS),
)
QUESTIONS = st.builds(
    Said,
    person=st.integers(0, PEOPLE - 1),
    kind=KINDS,
    minute=MINUTES,
    score=st.none(),
    state=st.sampled_from([state.value for state in InvitationState]),
    is_second=st.booleans(),
    is_rehearsal=st.booleans(),
    privacy=st.sampled_from(["named", "confidential"]),
    channel=st.sampled_from(CHANNELS),
    trigger=st.sampled_from(TRIGGERS),
)
SLICES = st.just(Narrowed()) | st.builds(
    Narrowed,
    second=st.booleans(),
    segment=st.sampled_from([None, *SEGMENTS]),
    channel=st.sampled_from([None, "C0ONE"]),
    trigger=st.sampled_from([None, "event"]),
)
AT_ONCE = [Said(0, "relational", 3, score) for score in (2, 10, 7)]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ANSWERS | QUESTIONS, max_size=14), st.tuples(MINUTES, MINUTES), SLICES, KINDS)
@example(AT_ONCE, (0, 6), Narrowed(), "relational")
@example([*AT_ONCE, Said(0, "relational", 5, 0)], (0, 4), Narrowed(), "relational")
async def test_counts_are_what_reading_every_answer_gives(
    database: Database, history: Sequence[Said], window: tuple[int, int], narrowed: Narrowed, kind: str
):
    since, before = (STARTS + timedelta(minutes=minute) for minute in sorted(window))
    between = {"kind": kind, "since": since, "before": before}
    async with database.transaction() as tx:
        here = await told(tx, history)
        within = await as_slice(tx, here, narrowed, kind)
        found = (
            await reports.latest_per_person(tx, here, within=within, **between),
            await reports.every_answer(tx, here, within=within, **between),
            await reports.latest_told(tx, here, mode="interviewer", **between),
            await reports.closed_invitations(tx, here, within=within, **between),
        )
    of_kind = [it for it in history if it.kind == kind and since < it.at <= before]
    fitting = [it for it in of_kind if narrowed.fits(it)]
    assert found == (
        latest(it for it in fitting if it.is_counted),
        Counter(it.score for it in fitting if it.is_counted and it.score is not None and not it.is_repeat),
        latest(it for it in of_kind if it.mode == "interviewer" and not it.is_rehearsal),
        Counter(it.state for it in fitting if it.is_counted),
    )


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ANSWERS, max_size=14), st.sets(MINUTES, min_size=2, max_size=4), SLICES, KINDS)
@example(AT_ONCE, {0, 4, 6}, Narrowed(), "relational")
async def test_a_trend_is_made_of_what_each_of_its_spans_gives(
    database: Database, history: Sequence[Said], minutes: set[int], narrowed: Narrowed, kind: str
):
    borders = [STARTS + timedelta(minutes=minute) for minute in sorted(minutes)]
    async with database.transaction() as tx:
        here = await told(tx, history)
        within = await as_slice(tx, here, narrowed, kind)
        people = await trends.latest_per_person(tx, here, kind=kind, borders=borders, within=within)
        answers = await trends.every_answer(tx, here, kind=kind, borders=borders, within=within)
        for number, (since, before) in enumerate(pairwise(borders)):
            between = {"kind": kind, "since": since, "before": before, "within": within}
            assert people.get(number, {}) == await reports.latest_per_person(tx, here, **between)
            assert answers.get(number, {}) == await reports.every_answer(tx, here, **between)


@given(st.lists(st.tuples(st.integers(0, 1), MINUTES, st.integers(0, 10)), min_size=1, max_size=6))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_an_answer_counts_until_its_person_gives_the_next(database: Database, given: list[tuple[int, int, int]]):
    """In whatever order they arrive: the clocks of two replicas differ."""
    people = [f"U{next(names)}" for _ in range(2)]
    for person, minute, score in given:
        async with database.transaction() as tx:
            at, occasion = STARTS + timedelta(minutes=minute), f"ask:{next(names)}"
            asked = await asked_again(tx, people[person], occasion)
            choice = Choice(asked.id, people[person], score, at, f"click:{occasion}")
            await responses.record_score(tx, NORTHWIND, choice, now=at)
    async with database.reading() as tx:
        mine = select(Response).join(Contact).where(Contact.user_id.in_(people))
        kept = list(await tx.scalars(mine.order_by(Response.answered_at, Response.id)))
    for number, answer in enumerate(kept):
        later = (each.answered_at for each in kept[number + 1 :] if each.contact_id == answer.contact_id)
        assert answer.superseded_at == next(later, None)


def test_every_word_of_an_index_is_looked_up():
    assert set(reports.STATES) == {state.value for state in InvitationState}
    assert set(reports.KINDS) == {kind.value for kind in SurveyKind}
    assert set(reports.MODES) == {mode.value for mode in Mode}


def latest(answers: Iterable[Said]) -> Counter[int | None]:
    """By score, of each person the last by name and the last in confidence; of two at once the one that came later."""
    given = [it for it in answers if it.score is not None]
    return Counter({(it.person, it.privacy): it.score for it in sorted(given, key=lambda it: it.minute)}.values())


async def told(tx: Transaction, history: Sequence[Said]) -> str:
    """Put it into a workspace of its own, the only one of whose name it returns."""
    here = f"T{next(names)}"
    await make_workspace(tx, now=STARTS, id=here)
    known = {survey.kind: survey for survey in await surveys.all_of(tx, here)}
    seconds = [Survey(workspace_id=here, name=f"{kind}-2", kind=kind, created_at=STARTS) for kind in known]
    accounts = [Account(workspace_id=here, name=each, segment=each, created_at=STARTS) for each in SEGMENTS]
    tx.add_all([*seconds, *accounts])
    await tx.flush()
    people = [
        Contact(
            workspace_id=here,
            user_id=f"U{number}",
            name="P",
            first_seen_at=STARTS,
            account_id=accounts[number % 2].id,
        )
        for number in range(PEOPLE)
    ]
    tx.add_all(people)
    await tx.flush()
    of_kind = {(survey.kind, False): survey.id for survey in known.values()}
    of_kind |= {(survey.kind, True): survey.id for survey in seconds}
    for it in history:
        await add(tx, here, it, survey_id=of_kind[it.kind, it.is_second], contact_id=people[it.person].id)
    await supersede(tx, [person.id for person in people])
    return here


async def add(tx: Transaction, here: str, it: Said, *, survey_id: int, contact_id: int) -> None:
    common = {"workspace_id": here, "survey_id": survey_id, "contact_id": contact_id, "kind": it.kind}
    common |= {"is_rehearsal": it.is_rehearsal, "mode": it.mode, "privacy": it.privacy}
    asked = Invitation(
        **common,
        occasion=f"{next(names)}",
        subject="N",
        language="en",
        state=it.state,
        created_at=it.at,
        send_at=it.at,
        sent_at=it.at,
        channel_id=it.channel,
        trigger=it.trigger,
    )
    tx.add(asked)
    await tx.flush()
    if it.score is not None:
        more = {"score": it.score, "scored_at": it.at, "answered_at": it.at, "is_repeat": it.is_repeat}
        tx.add(Response(**common, **more, invitation_id=asked.id))
        await tx.flush()


async def as_slice(tx: Transaction, here: str, narrowed: Narrowed, kind: str) -> Slice:
    if narrowed == Narrowed():
        return ALL
    ids = [survey.id for survey in await surveys.all_of(tx, here) if survey.name == f"{kind}-2"]
    return Slice(
        survey_ids=tuple(ids) if narrowed.second else (),
        segments=(narrowed.segment,) if narrowed.segment else (),
        channel_ids=(narrowed.channel,) if narrowed.channel else (),
        triggers=(narrowed.trigger,) if narrowed.trigger else (),
    )


async def asked_again(tx: Transaction, person: str, occasion: str) -> Invitation:
    """Whatever the rules say of asking so often."""
    first = await make_invitation(tx, now=STARTS, person=f"U{occasion}", survey="relationship", occasion=occasion)
    contact = await contacts.meet(tx, NORTHWIND, Facts(person, "Ana Ruiz"), now=STARTS)
    copied = {"workspace_id": NORTHWIND, "survey_id": first.survey_id, "kind": first.kind, "language": "en"}
    times = {"created_at": STARTS, "send_at": STARTS, "sent_at": STARTS, "expires_at": NOW + timedelta(days=9)}
    asked = Invitation(
        **copied, **times, contact_id=contact.id, occasion=occasion, subject="N", state=InvitationState.SENT
    )
    tx.add(asked)
    await tx.flush()
    return asked
