"""Schedules as colleagues see them: which surveys ask by themselves, how often, whom, and how many soon."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.rules.audience import Audience
from bot.rules.cadence import CheckIn, Rhythm
from bot.services import schedules
from bot.services.rounds import Outlook
from bot.slack import wire
from bot.slack.blocks.kit import Block, Message, actions, button, context, section
from bot.slack.blocks.outlooks import in_short, outlook_panel
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, channel, escape
from storage.models import Schedule, Survey

MOST_LISTED = 20  # a message holds fifty blocks
say = speaker("en")


@dataclass(frozen=True)
class Line:
    """One survey. `outlook` None: its people are still being looked up."""

    survey: Survey
    schedule: Schedule | None
    outlook: Outlook | None = None


@dataclass(frozen=True)
class Named:
    """What ids in an audience are called."""

    accounts: Mapping[int, str]
    groups: Mapping[str, str]


def schedule_list(lines: Sequence[Line], *, named: Named, has_check_ins: bool) -> Message:
    """What `/nps schedule` answers."""
    title = bold(say("Surveys that ask by themselves"))
    blocks: list[Block] = [section(title)]
    for each in lines:
        blocks += [section(_line(each, named)), actions(*_buttons(each))]
    blocks.append(context(say.mrkdwn("Only customers are asked, at the hours of `/nps calendar` where they live.")))
    if not has_check_ins:
        blocks.append(actions(button(say("Add check-ins on day 14 and day 45"), wire.ADD_CHECK_INS, "add")))
    return Message(Mrkdwn("\n".join([title, *(_line(each, named) for each in lines)])), blocks)


def started(survey: Survey, schedule: Schedule, outlook: Outlook) -> Message:
    """After the modal was sent."""
    done = say.mrkdwn("{survey} asks by itself.", survey=bold(survey.name))
    if schedule.paused_at is not None:
        done = say.mrkdwn("{survey} is saved. It is paused.", survey=bold(survey.name))
    return Message(Mrkdwn(f"{done} {in_short(outlook)}"), [section(done), *outlook_panel(outlook)])


def rhythm_in_words(rhythm: Rhythm) -> str:
    if isinstance(rhythm, CheckIn):
        return say("once, on day {day} after the start", day=rhythm.day)
    return say("every {days} days", days=rhythm.every_days)


def audience_in_words(audience: Audience, named: Named) -> Mrkdwn:
    """Sources with "or" between them, filters with commas."""
    sources = [channel(each) for each in audience.channels]
    sources += [escape(f"@{named.groups.get(each, each)}") for each in audience.groups]
    told = [Mrkdwn(" or ".join(sources)) if sources else escape(say("everybody known"))]
    told += [escape(named.accounts.get(each, "?")) for each in audience.accounts[:1]]
    if len(audience.accounts) > 1:
        told[-1] = escape(say("{n} accounts", n=len(audience.accounts)))
    told += [escape(" or ".join(words)) for words in (audience.segments, audience.roles) if words]
    told += [escape(say("decision makers"))] if audience.is_decision_makers_only else []
    told += [escape(f"{key} = {value}") for key, value in audience.properties.items()]
    return Mrkdwn(", ".join(told))


def _line(each: Line, named: Named) -> Mrkdwn:
    name = bold(each.survey.name)
    if each.schedule is None:
        return say.mrkdwn("{name} · asks only when somebody asks", name=name)
    proposal = schedules.proposal_of(each.schedule)
    told = say.mrkdwn(
        "{name} · {rhythm} · at most {most} a day · {audience}",
        name=name,
        rhythm=rhythm_in_words(proposal.rhythm),
        most=proposal.rhythm.most_a_day,
        audience=audience_in_words(proposal.audience, named),
    )
    if each.schedule.paused_at is not None or each.survey.paused_at is not None:
        told = Mrkdwn(f"{told} · {bold(say('paused'))}")
    soon = in_short(each.outlook) if each.outlook else say.mrkdwn("I am looking up who belongs to it.")
    return Mrkdwn(f"{told}\n{soon}")


def _buttons(each: Line) -> list[dict[str, object]]:
    survey_id = str(each.survey.id)
    change = button(say("Schedule"), wire.SCHEDULE, survey_id)
    if each.schedule is None:
        return [change]
    if each.schedule.paused_at is not None:
        return [change, button(say("Resume"), wire.RESUME_SCHEDULE, survey_id)]
    return [change, button(say("Pause"), wire.PAUSE_SCHEDULE, survey_id)]
