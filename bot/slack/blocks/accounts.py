"""A customer's company, in one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from bot.slack.blocks.kit import Block, context
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, isolated, mention
from storage.models import Account

say = speaker("en")


@dataclass(frozen=True)
class AccountFacts:
    """The person's company. `scores`: the latest of their colleagues there, the newest first."""

    account: Account
    currency: str | None = None
    scores: Sequence[int] = ()


def about_account(facts: AccountFacts | None, day: date) -> list[Block]:
    """What weighs when one decides who goes first, as it was that day; nothing when nothing is known."""
    told = [*_traits(facts, day), *_scores(facts)] if facts else []
    return [context(Mrkdwn(" · ".join(told)))] if told else []


def money(amount: int, currency: str | None) -> str:
    """A whole amount: nobody decides by cents."""
    if currency is None:
        return format_decimal(amount, locale="en")
    return format_currency(amount, currency, format="¤#,##0", locale="en", currency_digits=False)


def _traits(facts: AccountFacts, day: date) -> list[Mrkdwn]:
    account, told = facts.account, []
    if account.segment:
        told.append(Mrkdwn(isolated(account.segment)))
    if account.arr is not None:
        told.append(say.mrkdwn("{amount} a year", amount=money(account.arr, facts.currency)))
    if account.renews_on is not None:
        told.append(_renewal(account.renews_on, day))
    if account.owner_id is not None:
        told.append(say.mrkdwn("Owner: {person}", person=mention(account.owner_id)))
    return told


def _renewal(renews_on: date, day: date) -> Mrkdwn:
    """Days are counted from the answer, since the line stays as it is."""
    on, left = format_date(renews_on, "d MMM y", locale="en"), (renews_on - day).days
    if left < 0:
        return say.mrkdwn("Renewed last on {on}", on=on)
    after = say.many("{n} day after this answer", "{n} days after this answer", left)
    return say.mrkdwn("Renews {on}, {after}", on=on, after=after)


def _scores(facts: AccountFacts) -> list[Mrkdwn]:
    if not facts.scores:
        return []
    return [say.mrkdwn("Colleagues gave: {scores}", scores=", ".join(map(str, facts.scores)))]
