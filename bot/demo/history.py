"""
A year of asks and answers. Scores are shaped like a real set of 2,353: many zeros, many tens, little between.

It has something to find: the score rises half-way, small customers are happier than large ones, and three accounts
never answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from bot.demo import company, portfolio, words
from bot.rules.answering import InvitationState
from bot.rules.closing import FollowUpState, Outcome, RootCause, Step
from bot.rules.recovery import AFTER_DAYS
from bot.rules.scoring import Category, category
from bot.services.surveys import EXPIRY, SurveyKind
from storage.database import Transaction
from storage.models import Contact, FollowUp, FollowUpStep, Invitation, Recovery, Response, ResponseRevision, Survey

SHAPE = (764, 72, 86, 71, 52, 140, 86, 137, 255, 162, 528)  # how many gave 0…10
DECK = 200  # scores before the shape repeats
PEOPLE_PER_ACCOUNT = 13
YEAR, QUARTER = timedelta(days=365), timedelta(days=91)
ANSWERED, DECLINED = 0.34, 0.06  # of those asked; the rest stays silent
AFTER_SUPPORT_ANSWERED = 0.44
COMMENTED = 0.55
SUPPORT_CASES = 260
FELT_THEN = (3, 6, 7, 7, 8, 8, 9, 9, 10)  # three weeks after somebody looked after them
# How much happier (or, below zero, unhappier) than everybody in the whole year, from -1 to 1.
MOODS = {"enterprise": -0.5, "mid-market": 0.0, "small": 0.5}
BEFORE, SINCE = -0.5, 0.5
SILENT = ("Granite Legal", "Kiosk Nord", "Ironbridge Steel")
QUIET = timedelta(days=8)  # nothing happened lately but what the tour shows


@dataclass(frozen=True)
class Surveys:
    relationship: Survey
    support: Survey
    recovery: Survey


class Year:
    """Writes rows as the bot would have; the same ones for the same `now`."""

    def __init__(self, tx: Transaction, surveys: Surveys, *, now: datetime) -> None:
        self._tx, self._surveys, self._now = tx, surveys, now
        self._random = Random(2026)  # noqa: S311 - a story, not a secret
        self._scores = self._deck()
        self._accounts = list(company.DOMAINS)
        self._account_of: dict[int, str] = {}

    async def write(self) -> None:
        people = await self._people()
        for person in people:
            for at in self._quarters():
                await self._ask(person, self._surveys.relationship, at, ANSWERED)
        for _ in range(SUPPORT_CASES):
            person, at = self._random.choice(people), self._some_time()
            await self._ask(person, self._surveys.support, at, AFTER_SUPPORT_ANSWERED)

    async def _people(self) -> list[Contact]:
        people = [self._contact(f"U02X{number:04}", name, number) for number, name in enumerate(self._names())]
        self._tx.add_all(people)
        await self._tx.flush()
        self._account_of = {each.id: self._accounts[n % len(self._accounts)] for n, each in enumerate(people)}
        return people

    def _names(self) -> Iterator[str]:
        for _ in range(PEOPLE_PER_ACCOUNT * len(company.DOMAINS)):
            yield f"{self._random.choice(words.FIRST_NAMES)} {self._random.choice(words.LAST_NAMES)}"

    def _contact(self, user_id: str, name: str, number: int) -> Contact:
        return Contact(
            workspace_id=company.TEAM,
            user_id=user_id,
            name=name,
            home_team_id=company.home_of(number % len(company.DOMAINS)),
            first_seen_at=self._now - YEAR,
            language=self._random.choice(words.LANGUAGES),
            role=words.ROLES[number // len(company.DOMAINS) % len(words.ROLES)],
            properties={"plan": words.PLANS[number % len(company.DOMAINS) % len(words.PLANS)]},
        )

    def _quarters(self) -> Iterator[datetime]:
        """Each person starts on a day of their own, then every quarter."""
        at = self._now - YEAR + self._random.random() * QUARTER
        while at < self._now - QUIET:
            yield at
            at += QUARTER

    def _some_time(self) -> datetime:
        return self._now - QUIET - self._random.random() * (YEAR - QUIET)

    def _deck(self) -> Iterator[int]:
        while True:
            scores = [score for score, share in enumerate(SHAPE) for _ in range(round(DECK * share / sum(SHAPE)))]
            self._random.shuffle(scores)
            yield from scores

    async def _ask(self, person: Contact, survey: Survey, at: datetime, answered: float) -> None:
        luck = 1.0 if self._account_of[person.id] in SILENT else self._random.random()
        state = (
            InvitationState.ANSWERED
            if luck < answered
            else InvitationState.DECLINED
            if luck < answered + DECLINED
            else InvitationState.EXPIRED
        )
        invitation = self._invitation(person, survey, at, state)
        self._tx.add(invitation)
        if state is InvitationState.ANSWERED:
            await self._tx.flush()
            score = self._score(self._mood(person, at))
            await self._answer(invitation, person, at + timedelta(minutes=self._random.randint(2, 2000)), score)

    def _mood(self, person: Contact, at: datetime) -> float:
        segment, *_ = portfolio.TERMS[self._account_of[person.id]]
        return MOODS[segment] + (BEFORE if at < self._now - YEAR / 2 else SINCE)

    def _score(self, mood: float) -> int:
        """The better or the worse of two; as many of either as it takes that all together keep their shape."""
        one, other = next(self._scores), next(self._scores)
        if self._random.random() >= abs(mood):
            return one
        return max(one, other) if mood > 0 else min(one, other)

    def _invitation(self, person: Contact, survey: Survey, at: datetime, state: InvitationState) -> Invitation:
        is_support, by_itself = survey.kind == SurveyKind.TRANSACTIONAL, survey.kind == SurveyKind.RECOVERY
        return Invitation(
            workspace_id=company.TEAM,
            survey_id=survey.id,
            contact_id=person.id,
            occasion=f"demo:{at.timestamp()}",
            occasion_label=self._random.choice(words.OCCASIONS) if is_support else None,
            asked_by=None if by_itself else self._random.choice(company.COLLEAGUES).user_id,
            kind=survey.kind,
            subject=company.NAME,
            channel_id=company.HELP if is_support else None,
            language=person.language or "en",
            state=state,
            created_at=at,
            send_at=at,
            sent_at=at,
            expires_at=at + EXPIRY[SurveyKind(survey.kind)],
            closed_at=at + timedelta(days=2),
        )

    async def _answer(self, invitation: Invitation, person: Contact, at: datetime, score: int) -> None:
        comment = self._comment(score, invitation.language)
        response = Response(
            workspace_id=company.TEAM,
            survey_id=invitation.survey_id,
            contact_id=invitation.contact_id,
            invitation_id=invitation.id,
            kind=invitation.kind,
            score=score,
            scored_at=at,
            comment=comment,
            answered_at=at,
        )
        self._tx.add(response)
        await self._tx.flush()
        revision = ResponseRevision(
            response_id=response.id, source="demo", acted_at=at, recorded_at=at, score=score, comment=comment
        )
        self._tx.add(revision)
        if category(score) is Category.DETRACTOR:
            await self._feel_now(await self._looked_after(response, at), response, person)

    def _comment(self, score: int, language: str) -> str | None:
        said = words.COMMENTS[language][category(score)]
        return self._random.choice(said) if self._random.random() < COMMENTED else None

    async def _feel_now(self, follow_up: FollowUp, before: Response, person: Contact) -> None:
        """Once: what comes of that answer is asked about no more."""
        at = (follow_up.resolved_at or self._now) + timedelta(days=AFTER_DAYS)
        if before.kind == SurveyKind.RECOVERY or at > self._now - QUIET:
            return
        is_answered = self._random.random() < ANSWERED
        state = InvitationState.ANSWERED if is_answered else InvitationState.EXPIRED
        invitation = self._invitation(person, self._surveys.recovery, at, state)
        self._tx.add(invitation)
        await self._tx.flush()
        self._tx.add(
            Recovery(
                workspace_id=company.TEAM,
                follow_up_id=follow_up.id,
                round=follow_up.round,
                contact_id=person.id,
                score=before.score,
                decided_at=at,
                invitation_id=invitation.id,
            )
        )
        if is_answered:
            await self._answer(invitation, person, at + timedelta(hours=2), self._random.choice(FELT_THEN))

    async def _looked_after(self, response: Response, at: datetime) -> FollowUp:
        who, note = self._random.choice(company.COLLEAGUES).user_id, self._random.choice(words.NOTES)
        outcome, cause = self._random.choice(list(Outcome)[:3]), self._random.choice(list(RootCause))
        claimed = at + timedelta(minutes=self._random.randint(10, 400))
        resolved = claimed + timedelta(hours=self._random.randint(2, 90))
        follow_up = FollowUp(
            workspace_id=company.TEAM,
            survey_id=response.survey_id,
            response_id=response.id,
            first_score=response.score,
            causes="low_score",
            state=FollowUpState.RESOLVED,
            opened_at=at,
            claimed_by=who,
            claimed_at=claimed,
            resolved_by=who,
            resolved_at=resolved,
            outcome=outcome,
            root_cause=cause,
            note=note,
        )
        self._tx.add(follow_up)
        await self._tx.flush()
        about = follow_up.id
        self._tx.add(FollowUpStep(follow_up_id=about, what=Step.OPENED, at=at))
        self._tx.add(FollowUpStep(follow_up_id=about, what=Step.CLAIMED, at=claimed, by=who))
        end = FollowUpStep(
            follow_up_id=about, what=Step.RESOLVED, at=resolved, by=who, outcome=outcome, root_cause=cause, note=note
        )
        self._tx.add(end)
        return follow_up
