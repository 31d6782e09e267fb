"""Surveys as colleagues set them up: a list, one modal for everything about one, and where alerts go."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.services.halts import Halt
from bot.services.surveys import LONGEST_QUESTION, LONGEST_SUBJECT, SurveyKind, gives_scores, is_asked_by_hand
from bot.slack import contexts, wire
from bot.slack.blocks.confidential import marked_confidential, privacy_field
from bot.slack.blocks.kit import (
    Block,
    Message,
    View,
    actions,
    button,
    channel_menu,
    choices,
    context,
    field,
    menu,
    modal,
    section,
    tick,
    typed,
)
from bot.slack.blocks.open_cards import who_may_answer
from bot.slack.blocks.reactions import emoji_fields, emoji_of
from bot.slack.blocks.recovery_reports import after_days_field, unscored_line
from bot.texts import LANGUAGES, speaker
from bot.texts.markup import Mrkdwn, bold, channel, escape, mention, moment
from storage.models import Survey

LONGEST_NAME = 40


@dataclass(frozen=True)
class AlertRoom:
    """What a colleague should know of the channel they chose for alerts."""

    channel_id: str | None
    needs_invitation: bool = False
    has_guests: bool = False


say = speaker("en")
KINDS = {
    SurveyKind.RELATIONAL: "Relational: how they feel about us as a whole",
    SurveyKind.TRANSACTIONAL: "Transactional: after an interaction; also asks whether it was solved",
}
SHORT_KINDS = {SurveyKind.RELATIONAL: "relational", SurveyKind.TRANSACTIONAL: "transactional"}


def survey_list(surveys: Sequence[Survey], *, subject: str, managers: Sequence[str]) -> Message:
    title = bold(say("Surveys"))
    who = ", ".join(mention(user) for user in managers) if managers else say("nobody yet")
    blocks = [
        section(title),
        *(section(_line(each, subject), button(say("Edit"), wire.EDIT_SURVEY, str(each.id))) for each in surveys),
        context(
            say.mrkdwn("Managers: {who}. Workspace admins may do everything.", who=Mrkdwn(who)),
            say.mrkdwn("`/nps schedule` lets a survey ask by itself; `/nps calendar` sets hours and days off."),
        ),
        actions(button(say("New survey"), wire.NEW_SURVEY, "new")),
    ]
    return Message(say.many("{n} survey", "{n} surveys", len(surveys)), blocks)


def survey_modal(
    survey: Survey | None, *, subject: str, alert_channel_id: str | None, response_url: str | None
) -> View:
    """Everything about one survey in one place; without one, a new survey."""
    survey_id = survey.id if survey else None
    return modal(
        say("Edit survey") if survey else say("New survey"),
        [
            _name(survey),
            *([] if survey else [_kind()]),
            *([_subject(survey, subject)] if survey is None or gives_scores(survey) else []),
            _question(survey),
            _language(survey),
            *([*who_may_answer(survey), *emoji_fields(survey)] if _may_follow_support(survey) else []),
            *privacy_field(survey),
            *([_alert_channel(alert_channel_id)] if survey is None or gives_scores(survey) else []),
            *after_days_field(survey),
            _paused(survey),
        ],
        callback_id=wire.SURVEY_MODAL,
        submit=say("Save"),
        close=say("Cancel"),
        metadata=contexts.pack(contexts.SurveyContext(survey_id, response_url)),
    )


def _may_follow_support(survey: Survey | None) -> bool:
    return survey is None or survey.kind == SurveyKind.TRANSACTIONAL


def saved(survey: Survey, *, is_new: bool, room: AlertRoom) -> Message:
    done = _made(survey) if is_new else _kept(survey)
    return _plain(Mrkdwn(" ".join([done, *to_mind(room)])))


def choose_channel(lead: Mrkdwn) -> list[Block]:
    """Where alerts go, in two clicks."""
    hint = say("Choose a channel")
    return [section(lead, channel_menu(wire.FIRST_CHANNEL, hint=hint), block_id="first_channel")]


def move_channel(lead: Mrkdwn, old: str) -> list[Block]:
    """Another channel for what goes to `old`; the block id remembers which that is."""
    element = channel_menu(wire.MOVE_CHANNEL, hint=say("Choose a channel"))
    return [section(lead, element, block_id=f"{wire.MOVE_FROM}{old}")]


def with_first_channel(message: Message) -> Message:
    """Until somebody has chosen one, every answer of ours is an occasion to choose where alerts go."""
    lead = say.mrkdwn("Unhappy answers need a place to go. Where shall your team see them?")
    return Message(message.text, [*message.blocks, *choose_channel(lead)])


def channel_chosen(room: AlertRoom, *, released: int) -> Message:
    told = [say.mrkdwn("Alerts go to {channel}.", channel=_where(room))]
    if released:
        told.append(escape(say.many("{n} that waited leaves now.", "{n} that waited leave now.", released)))
    return _plain(Mrkdwn(" ".join([*told, *to_mind(room)])))


def halted(halt: Halt) -> Message:
    back = button(say("Start asking again"), wire.LIFT_HALT, "lift")
    who = mention(halt.by) if halt.by else say("somebody")
    line = say.mrkdwn("Asking is stopped, by {who}, {when}.", who=who, when=moment(halt.since))
    if halt.withdrawn:
        took = say.many("{n} open question was taken back.", "{n} open questions were taken back.", halt.withdrawn)
        line = Mrkdwn(f"{line} {took}")
    return Message(line, [section(line), actions(back)])


def lifted(restored: int | None) -> Message:
    if restored is None:
        return _plain(say.mrkdwn("Asking was not stopped. Everything goes on as it was."))
    again = say.many("{n} question is open again.", "{n} questions are open again.", restored)
    asking = say.mrkdwn("I am asking again.")
    return _plain(say.mrkdwn("{asking} {again}", asking=asking, again=again) if restored else asking)


def _line(survey: Survey, subject: str) -> Mrkdwn:
    line = _about_scores(survey, subject) if gives_scores(survey) else unscored_line(survey)
    return Mrkdwn(f"{line} · {bold(say('paused'))}") if survey.paused_at else line


def _about_scores(survey: Survey, subject: str) -> Mrkdwn:
    alerts = channel(survey.alert_channel_id) if survey.alert_channel_id else bold(say("no channel yet"))
    if survey.alerts_stopped_because:
        alerts = say.mrkdwn("{channel}, stopped since it is shared with another company", channel=alerts)
    line = say.mrkdwn(
        "{name} · {kind} · about {subject} · alerts: {alerts}",
        name=bold(survey.name),
        kind=SHORT_KINDS[SurveyKind(survey.kind)],
        subject=survey.subject or subject,
        alerts=alerts,
    )
    line = marked_confidential(line, survey)
    return Mrkdwn(f"{line} · {emoji_of(survey)}") if survey.reaction else line


def _name(survey: Survey | None) -> Block:
    element = typed(wire.VALUE, longest=LONGEST_NAME, text=survey.name if survey else None)
    is_typed = survey is None or is_asked_by_hand(survey)
    hint = say("As you type it: /nps ask @person name") if is_typed else None
    return field("name", say("Name, one word"), element, hint=hint)


def _kind() -> Block:
    options = [(kind.value, label) for kind, label in KINDS.items()]
    return field("kind", say("Kind"), choices(wire.VALUE, options, chosen=SurveyKind.TRANSACTIONAL))


def _subject(survey: Survey | None, subject: str) -> Block:
    element = typed(wire.VALUE, longest=LONGEST_SUBJECT, text=survey.subject if survey else None, hint=subject)
    hint = say("How likely are you to recommend … Left empty: {subject}", subject=subject)
    return field("subject", say("What they recommend"), element, optional=True, hint=hint)


def _question(survey: Survey | None) -> Block:
    element = typed(wire.VALUE, longest=LONGEST_QUESTION, text=survey.question if survey else None, lines=True)
    hint = say(
        "Left empty: the standard question, in the person's language. Your own words are used for every language; "
        "{subject} stands for what they recommend.",
        subject="{subject}",
    )
    return field("question", say("Your own question"), element, optional=True, hint=hint)


def _language(survey: Survey | None) -> Block:
    chosen = survey.language if survey else "en"
    hint = say("Slack tells the language of your own people, not of people from other companies.")
    element = menu(wire.VALUE, list(LANGUAGES.items()), chosen=chosen)
    return field("language", say("Language where Slack does not tell"), element, hint=hint)


def _alert_channel(alert_channel_id: str | None) -> Block:
    element = channel_menu(wire.VALUE, chosen=alert_channel_id, hint=say("Choose a channel"))
    hint = say("Unhappy answers appear here, for your team only. Invite me there: /invite")
    return field("alert_channel", say("Alert channel"), element, optional=True, hint=hint)


def _paused(survey: Survey | None) -> Block:
    ticked = bool(survey and survey.paused_at)
    return field("paused", say("Pause"), tick(wire.VALUE, say("Ask nobody for now"), ticked=ticked), optional=True)


def _made(survey: Survey) -> Mrkdwn:
    made = say.mrkdwn("{name} is set up.", name=bold(survey.name))
    if survey.paused_at:
        return Mrkdwn(f"{made} {say('It is paused: nobody is asked.')}")
    return say.mrkdwn("{made} Ask with it: `/nps ask @person {name}`.", made=made, name=survey.name)


def _kept(survey: Survey) -> Mrkdwn:
    kept = say.mrkdwn("{name} is saved.", name=bold(survey.name))
    return Mrkdwn(f"{kept} {say('It is paused: nobody is asked.')}") if survey.paused_at else kept


def _where(room: AlertRoom) -> Mrkdwn:
    return channel(room.channel_id) if room.channel_id else say.mrkdwn("the channel")


def to_mind(room: AlertRoom) -> list[Mrkdwn]:
    where, told = _where(room), []
    if room.needs_invitation:
        told.append(say.mrkdwn("I am not in {where} yet: type `/invite` there and choose me.", where=where))
    if room.has_guests:
        told.append(
            say.mrkdwn("Mind that not only staff reads {where}: all there will see what customers say.", where=where)
        )
    return told


def _plain(text: Mrkdwn) -> Message:
    return Message(text, [section(text)])
