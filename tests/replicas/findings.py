"""What an ordeal has shown: what people were told is safe, beside what is stored and what has left."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import select

from storage.database import Database
from storage.models import Contact, FollowUp, Response, ResponseRevision
from tests.replicas.customers import Customer
from tests.replicas.hosting import keys_posted
from tests.replicas.ordeal import Ordeal


@dataclass(frozen=True)
class Findings:
    """Counts. All that begin with `lost`, `wrong`, `twice` or `unexplained` must be zero."""

    kills: int
    clicks_acknowledged: int
    clicks_repeated: int
    lost_clicks: int
    twice_clicks: int
    wrong_scores: int
    comments_acknowledged: int
    lost_comments: int
    asks_sent: int
    twice_asks: int
    asks_left_unclear: int
    unexplained_asks: int
    alerts_owed: int
    lost_alerts: int
    alerts_repeated: int
    unexplained_alerts: int

    @property
    def broken(self) -> dict[str, int]:
        """Promises that were not kept, and how often."""
        bad = ("lost", "wrong", "twice", "unexplained")
        counts = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: count for name, count in counts.items() if name.startswith(bad) and count}


@dataclass(frozen=True)
class Answer:
    score: int
    comment: str | None


@dataclass(frozen=True)
class Kept:
    """What the database holds: how often each click, each person's answer, the follow-ups."""

    sources: Counter[str]
    answers: dict[str, Answer]
    follow_ups: dict[str, int]


async def look(ordeal: Ordeal) -> Findings:
    kept = await _kept(ordeal.database)
    customers = ordeal.customers
    clicks = [click for each in customers for click in each.acknowledged]
    answered = [each for each in customers if each.acknowledged]
    asks, alerts = Counter(keys_posted(ordeal.slack, "ask")), Counter(keys_posted(ordeal.slack, "alert"))
    unclear = [each for each in customers if not ordeal.slack.posts(each.user_id)]
    repeated = {key: count - 1 for key, count in alerts.items() if count > 1}
    return Findings(
        kills=ordeal.kills,
        clicks_acknowledged=len(clicks),
        clicks_repeated=sum(each.attempts for each in customers)
        - len(clicks)
        - _count(each.comment for each in customers),
        lost_clicks=sum(kept.sources[click.source] == 0 for click in clicks),
        twice_clicks=sum(kept.sources[click.source] > 1 for click in clicks),
        wrong_scores=sum(_answer(kept, each).score != each.score for each in answered),
        comments_acknowledged=_count(each.comment for each in customers),
        lost_comments=sum(_answer(kept, each).comment != each.comment for each in answered if each.comment),
        asks_sent=len(asks),
        twice_asks=sum(count > 1 for count in asks.values()),
        asks_left_unclear=len(unclear),
        unexplained_asks=max(0, len(unclear) - len([key for key in ordeal.interrupted if key.startswith("ask:")])),
        alerts_owed=len(_owed(answered)),
        lost_alerts=_missing(_owed(answered), kept, alerts),
        alerts_repeated=sum(repeated.values()),
        unexplained_alerts=sum(count for key, count in repeated.items() if key not in ordeal.interrupted),
    )


def _owed(answered: Sequence[Customer]) -> list[Customer]:
    return [each for each in answered if each.score <= 6]


def _missing(owed: Sequence[Customer], kept: Kept, alerts: Counter[str]) -> int:
    keys = [f"alert:{kept.follow_ups.get(each.user_id)}" for each in owed]
    return sum(key not in alerts for key in keys)


def _answer(kept: Kept, customer: Customer) -> Answer:
    return kept.answers.get(customer.user_id, Answer(-1, None))


def _count(given: Iterable[object]) -> int:
    return sum(each is not None for each in given)


async def _kept(database: Database) -> Kept:
    mine = select(Contact.user_id, Response, FollowUp.id).join(Response, Response.contact_id == Contact.id)
    async with database.reading() as tx:
        sources = (await tx.scalars(select(ResponseRevision.source))).all()
        rows = (await tx.execute(mine.outerjoin(FollowUp, FollowUp.response_id == Response.id))).all()
    assert len(rows) == len({user for user, *_ in rows}), "somebody's answer is kept twice"
    answers = {user: Answer(response.score, response.comment) for user, response, _ in rows}
    return Kept(Counter(sources), answers, {user: id_ for user, _, id_ in rows if id_})
