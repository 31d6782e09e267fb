"""Scheduling: from what a colleague chose to a schedule, and what is ahead of it as things are now."""

from collections.abc import Sequence
from dataclasses import replace

from bot.errors import InputRefused
from bot.rules.audience import Audience, properties_of
from bot.rules.cadence import Cadence, CheckIn, Rhythm
from bot.services import audiences, rounds, schedules, surveys
from bot.services.audiences import Offer
from bot.services.schedules import Proposal
from bot.services.surveys import SurveyKind
from bot.slack.blocks import schedules as blocks
from bot.slack.blocks.kit import Message
from bot.slack.blocks.outlooks import preview_message
from bot.slack.blocks.schedule_modal import MOST_OPTIONS, ONCE, Draft
from bot.slack.blocks.schedules import Line, Named
from bot.slack.gathering import Gathering
from bot.slack.middleware import Desk
from bot.slack.rosters import Rosters
from bot.slack.submissions import Submission
from storage.database import Transaction
from storage.models import Schedule, Survey


def gathering(desk: Desk) -> Gathering:
    office = desk.office
    return Gathering(office.database, office.people, office.roster, _rosters(desk), desk.workspace_id)


async def listed(desk: Desk, name: str | None = None) -> Message:
    """Each relational survey with its schedule, or that one. Raises SurveyUnknown."""
    async with desk.reading() as tx:
        found = await _relational(tx, desk, name)
        lines = [await _line(tx, desk, each) for each in found]
        offer = await audiences.offer(tx, desk.workspace_id)
        has_check_ins = await schedules.has_check_ins(tx, desk.workspace_id)
    groups = await _group_names(desk, [each.schedule for each in lines if each.schedule])
    return blocks.schedule_list(lines, named=Named(dict(offer.accounts), groups), has_check_ins=has_check_ins)


async def previewed(desk: Desk, name: str | None) -> Message:
    """The two weeks ahead of that survey, or of the usual one. Raises SurveyUnknown."""
    async with desk.reading() as tx:
        survey = (
            await surveys.named(tx, desk.workspace_id, name)
            if name
            else await surveys.usual(tx, desk.workspace_id, SurveyKind.RELATIONAL)
        )
        schedule = await schedules.get(tx, survey.id)
        if schedule is not None and schedule.gathered_at is not None:
            outlook = await rounds.outlook(tx, survey, schedules.proposal_of(schedule), now=desk.now)
            return preview_message(survey, schedule, outlook)
    proposal = schedules.proposal_of(schedule) if schedule else Proposal()
    ahead = await looked_ahead(desk, Draft(survey, proposal))
    assert ahead.outlook is not None  # noqa: S101 - that is what looking ahead finds
    return preview_message(survey, schedule, ahead.outlook)


async def drafted(desk: Desk, survey_id: int) -> Draft:
    """A survey's schedule as it stands, or as it would usually be. Raises SurveyUnknown."""
    groups = await _rosters(desk).groups()
    async with desk.reading() as tx:
        survey = await surveys.get(tx, survey_id, workspace_id=desk.workspace_id)
        schedule = await schedules.get(tx, survey.id)
        return Draft(
            survey,
            schedules.proposal_of(schedule) if schedule else Proposal(),
            await audiences.offer(tx, desk.workspace_id),
            [(each.group_id, f"@{each.handle}") for each in groups][:MOST_OPTIONS],
            is_started=schedule is not None,
        )


async def looked_ahead(desk: Desk, draft: Draft) -> Draft:
    """With what would happen, as Slack and we know people this moment."""
    looked = await gathering(desk).look(draft.proposal.audience)
    async with desk.reading() as tx:
        outlook = await rounds.outlook(tx, draft.survey, draft.proposal, user_ids=looked.user_ids, now=desk.now)
    return replace(draft, outlook=outlook, unknown=len(looked.unknown))


def proposed(sent: Submission, offer: Offer) -> Proposal:
    """What stands in the modal. Raises InputRefused."""
    properties = properties_of(sent.text("properties") or "")
    if properties is None:
        raise InputRefused("properties", "properties_shape")
    audience = Audience(
        channels=sent.people("channels"),
        groups=sent.people("groups"),
        accounts=_accounts(sent, offer),
        segments=sent.people("segments") or _lines(sent, "segments_typed"),
        roles=sent.people("roles") or _lines(sent, "roles_typed"),
        is_decision_makers_only=sent.ticked("decision_makers"),
        properties=properties,
    )
    return Proposal(_rhythm(sent), audience)


def _rosters(desk: Desk) -> Rosters:
    return Rosters(desk.slack, desk.office.scopes)


def _rhythm(sent: Submission) -> Rhythm:
    most = _number(sent, "most_a_day")
    if sent.text("rhythm") == ONCE:
        return CheckIn(_number(sent, "check_in_day"), most_a_day=most)
    return Cadence(_number(sent, "every_days"), most_a_day=most)


def _number(sent: Submission, field: str) -> int:
    typed = sent.text(field) or ""
    if not (typed.isascii() and typed.isdecimal()):
        raise InputRefused(field, field)
    return int(typed)


def _accounts(sent: Submission, offer: Offer) -> tuple[int, ...]:
    by_name = {name.casefold(): id_ for id_, name in offer.accounts}
    names = _lines(sent, "accounts_typed")
    if any(name.casefold() not in by_name for name in names):
        raise InputRefused("accounts_typed", "accounts_unknown")
    return (*map(int, sent.people("accounts")), *(by_name[name.casefold()] for name in names))


def _lines(sent: Submission, field: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in (sent.text(field) or "").splitlines() if line.strip())


async def _relational(tx: Transaction, desk: Desk, name: str | None) -> Sequence[Survey]:
    if name is not None:
        return [await surveys.named(tx, desk.workspace_id, name)]
    known = await surveys.all_of(tx, desk.workspace_id)
    return [each for each in known if each.kind == SurveyKind.RELATIONAL][: blocks.MOST_LISTED]


async def _line(tx: Transaction, desk: Desk, survey: Survey) -> Line:
    schedule = await schedules.get(tx, survey.id)
    if schedule is None or schedule.gathered_at is None:
        return Line(survey, schedule)
    outlook = await rounds.outlook(tx, survey, schedules.proposal_of(schedule), now=desk.now)
    return Line(survey, schedule, outlook)


async def _group_names(desk: Desk, found: Sequence[Schedule]) -> dict[str, str]:
    if not any(schedules.proposal_of(each).audience.groups for each in found):
        return {}
    return {each.group_id: each.handle for each in await _rosters(desk).groups()}
