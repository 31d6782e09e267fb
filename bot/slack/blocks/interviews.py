"""A score told in a review meeting: the modal a colleague writes it into, and what became of it."""

from collections.abc import Sequence
from datetime import date

from bot.rules.scoring import HIGHEST, LOWEST
from bot.slack import contexts, wire
from bot.slack.blocks.kit import Message, View, context, day_menu, field, menu, modal, section, typed
from bot.slack.blocks.responses import LONGEST_COMMENT
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, day, isolated, mention
from storage.models import Contact, Response, Survey

say = speaker("en")


def interview_modal(opened: contexts.InterviewContext, name: str, surveys: Sequence[Survey], *, today: date) -> View:
    """`surveys`: those that may be chosen, the usual one first."""
    options = [(str(survey.id), survey.name) for survey in surveys]
    scores = [(str(score), str(score)) for score in range(LOWEST, HIGHEST + 1)]
    words = typed(wire.VALUE, longest=LONGEST_COMMENT, lines=True)
    about = say.mrkdwn(
        "What {name} told you when you met. It is shown apart and is not counted in the score; "
        "they count as asked, and nothing is sent to them.",
        name=bold(isolated(name)),
    )
    return modal(
        say("Review meeting"),
        [
            section(about),
            field("survey", say("Survey"), menu(wire.VALUE, options, chosen=options[0][0])),
            field("score", say("Their score, from 0 to 10"), menu(wire.VALUE, scores, hint=say("Choose one"))),
            field("comment", say("In their words"), words, optional=True),
            field("held_on", say("Date of the meeting"), day_menu(wire.VALUE, chosen=today)),
            context(say.mrkdwn("They can see it, and that you wrote it down.")),
        ],
        callback_id=wire.INTERVIEW_MODAL,
        submit=say("Save"),
        close=say("Cancel"),
        metadata=contexts.pack(opened),
    )


def interview_kept(response: Response, contact: Contact, *, is_followed_up: bool) -> Message:
    """A whisper to whoever wrote it down."""
    kept = say.mrkdwn(
        "Kept: {who} in the review meeting of {day}. It is shown apart and is not counted in the score.",
        who=bold(f"{isolated(contact.name)}: {response.score}"),
        day=day(response.answered_at),
    )
    alert = say.mrkdwn("Somebody should look after it, so your team gets an alert.")
    text = Mrkdwn(f"{kept} {alert}") if is_followed_up else kept
    return Message(text, [section(text)])


def told_in_meeting(response: Response) -> Mrkdwn:
    """Who was told, where an answer stands among those people gave themselves."""
    if response.recorded_by is None:
        return say.mrkdwn("told in a review meeting")
    return say.mrkdwn("told to {person} in a review meeting", person=mention(response.recorded_by))
