"""Digests as colleagues set them up: a list, one modal for everything about one, and what keeps one back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.rules.retry import Obstacle
from bot.services import digests
from bot.services.digests import Choice
from bot.slack import contexts, wire
from bot.slack.blocks.calendars import DAYS
from bot.slack.blocks.digests import about
from bot.slack.blocks.kit import (
    OPTION_LABEL,
    Block,
    Element,
    Message,
    View,
    actions,
    button,
    channel_menu,
    context,
    field,
    menu,
    modal,
    person_menu,
    plain,
    section,
    tick,
)
from bot.slack.blocks.surveys import AlertRoom
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, channel, day, shorten
from storage.models import Digest

MOST_OPTIONS, LONGEST_VALUE = 100, 150
UTC_NAME = "UTC"
say = speaker("en")
HOURS = [(str(hour), f"{hour:02}:00") for hour in range(24)]
# Why a digest has not left, and how to mend it.
OBSTACLES = {
    Obstacle.NOT_IN_CHANNEL: "I cannot write in {where}: type `/invite` there and choose me.",
    Obstacle.ARCHIVED: "{where} is archived.",
    Obstacle.SHARED: "{where} is shared with another company now, so the digest has stopped.",
    Obstacle.RESTRICTED: "In {where} only some people may post.",
    Obstacle.REFUSED: "Slack refused it in {where}. I try again every hour.",
}
INSTALL_AGAIN = "Slack does not let me do what I should; `nps-bot doctor` says why."


@dataclass(frozen=True)
class Draft:
    """What the modal shows. `digest_id` None: a new one. Surveys and segments are those that could be chosen."""

    choice: Choice | None = None
    digest_id: int | None = None
    time_zone: str | None = None
    surveys: Sequence[tuple[int, str]] = ()
    segments: Sequence[str] = ()


def digest_list(found: Sequence[Digest], *, names: Mapping[int, str]) -> Message:
    """What `/nps digest setup` answers."""
    title = bold(say("Digests: once a week, into a channel"))
    change = say("Change")
    lines = [(_line(each, names), button(change, wire.SET_UP_DIGEST, str(each.id))) for each in found]
    note = say.mrkdwn("A week in which nothing is new and nobody waits is left out. `/nps digest` shows you one now.")
    blocks = [
        section(title),
        *(section(line, element) for line, element in lines),
        context(note),
        actions(button(say("New digest"), wire.SET_UP_DIGEST, "0")),
    ]
    return Message(Mrkdwn("\n".join([title, *(line for line, _ in lines)])), blocks)


def digest_modal(draft: Draft, *, response_url: str | None) -> View:
    """Everything about one digest in one place; without one, a new digest."""
    choice, is_new = draft.choice or Choice(""), draft.digest_id is None
    surveys = [(str(id_), name) for id_, name in draft.surveys]
    clock = say("By the clock in {zone}, where whoever set it up is.", zone=draft.time_zone or UTC_NAME)
    return modal(
        say("New digest") if is_new else say("Digest"),
        [
            _channel(choice),
            field("weekday", say("Day"), menu(wire.VALUE, DAYS, chosen=str(choice.weekday))),
            field("hour", say("Hour"), menu(wire.VALUE, HOURS, chosen=str(choice.hour)), hint=clock),
            *_several("surveys", say("Surveys"), surveys, list(map(str, choice.within.survey_ids))),
            _owner(choice),
            *_several("segments", say("Segments"), [(each, each) for each in draft.segments], choice.within.segments),
            *_ends(choice, is_new=is_new),
        ],
        callback_id=wire.DIGEST_MODAL,
        submit=say("Save"),
        close=say("Cancel"),
        metadata=contexts.pack(contexts.DigestContext(draft.digest_id, response_url)),
    )


def saved(digest: Digest, *, room: AlertRoom) -> Message:
    where = channel(digest.channel_id)
    told = say.mrkdwn("The digest goes to {where}, the next one {day}.", where=where, day=day(digest.due_at))
    if digest.paused_at is not None:
        told = say.mrkdwn("The digest to {where} is saved. It is paused.", where=where)
    if room.needs_invitation:
        told = say.mrkdwn("{told} I am not there yet: type `/invite` in {where} and choose me.", told=told, where=where)
    if room.has_guests:
        told = say.mrkdwn("{told} Mind that not only staff reads there: all will see what customers say.", told=told)
    return Message(told, [section(told)])


def removed(channel_id: str) -> Message:
    text = say.mrkdwn("No more digests like this one go to {where}.", where=channel(channel_id))
    return Message(text, [section(text)])


def digest_waits(what: Obstacle, channel_id: str) -> Message:
    """To whoever set it up."""
    why = say.mrkdwn(OBSTACLES.get(what, INSTALL_AGAIN), where=channel(channel_id))
    text = say.mrkdwn(
        "The weekly digest waits. {why} `/nps digest setup` chooses another channel; this week's leaves then.", why=why
    )
    return Message(text, [section(text)])


def _line(digest: Digest, names: Mapping[int, str]) -> Mrkdwn:
    chosen = digests.within(digest)
    line = say.mrkdwn(
        "{where} · {day}s at {hour} ({zone}) · {about}",
        where=channel(digest.channel_id),
        day=DAYS[digest.weekday][1],
        hour=HOURS[digest.hour][1],
        zone=digest.time_zone or UTC_NAME,
        about=about([names.get(each, "?") for each in chosen.survey_ids], chosen.owner_ids, chosen.segments),
    )
    if digest.stopped_because is not None:
        return say.mrkdwn("{line} · {why}", line=line, why=bold(say("stopped: the channel is shared")))
    return Mrkdwn(f"{line} · {bold(say('paused'))}") if digest.paused_at is not None else line


def _channel(choice: Choice) -> Block:
    element = channel_menu(wire.VALUE, chosen=choice.channel_id or None, hint=say("Choose a channel"))
    hint = say("Of your own company only. Everybody there reads what customers wrote. Invite me there: /invite")
    return field("channel", say("Channel"), element, hint=hint)


def _owner(choice: Choice) -> Block:
    element = person_menu(wire.VALUE, chosen=next(iter(choice.within.owner_ids), None))
    hint = say("Only the customers of accounts this colleague looks after. Left empty: everybody's.")
    return field("owner", say("Whose accounts"), element, optional=True, hint=hint)


def _several(block_id: str, label: str, options: Sequence[tuple[str, str]], chosen: Sequence[str]) -> list[Block]:
    """Nothing where there is nothing to choose. What was chosen before can always be seen, and let go."""
    known = [each for each in options if len(each[0]) <= LONGEST_VALUE][:MOST_OPTIONS]
    if not known:
        return []
    offered = {value: {"text": plain(shorten(name, OPTION_LABEL)), "value": value} for value, name in known}
    first = [offered[each] for each in chosen if each in offered]
    element: Element = {"type": "multi_static_select", "action_id": wire.VALUE, "options": list(offered.values())}
    element |= {"initial_options": first} if first else {}
    return [field(block_id, label, element, optional=True, hint=say("Left empty: all of them."))]


def _ends(choice: Choice, *, is_new: bool) -> list[Block]:
    paused = tick(wire.VALUE, say("Send nothing for now"), ticked=choice.is_paused)
    blocks = [field("paused", say("Pause"), paused, optional=True)]
    remove = field("remove", say("Remove"), tick(wire.VALUE, say("Remove this digest")), optional=True)
    return blocks if is_new else [*blocks, remove]
