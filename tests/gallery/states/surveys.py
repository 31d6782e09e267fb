"""Surveys, who manages them, where alerts go, and stopping all of it."""

from typing import Any

from bot.cli.sample_facts import CHANNEL, COLLEAGUE, COMPANY, WORKSPACE
from bot.services.halts import Halt
from bot.services.surveys import SurveyKind
from bot.slack.blocks import surveys as blocks
from bot.slack.blocks.managers import managers_modal
from bot.slack.blocks.surveys import AlertRoom
from storage.models import Survey
from tests.gallery.documents import NOW, States, Whisper

ROOMS = {
    "": AlertRoom(CHANNEL),
    "-not-in-channel": AlertRoom(CHANNEL, needs_invitation=True),
    "-guests": AlertRoom(CHANNEL, has_guests=True),
}
QUESTION = "How likely are you to recommend {subject} to another school?"


def states() -> States:
    yield from _lists()
    yield "survey-new", blocks.survey_modal(None, subject=COMPANY, alert_channel_id=None, response_url=None)
    own = a_survey(
        "onboarding", subject="Northwind Academy", question=QUESTION, language="de", paused_at=NOW, reaction="tada"
    )
    yield "survey-edit", blocks.survey_modal(own, subject=COMPANY, alert_channel_id=CHANNEL, response_url=None)
    somewhere = a_survey("support", reaction="tada", reaction_channels=(CHANNEL,))
    view = blocks.survey_modal(somewhere, subject=COMPANY, alert_channel_id=CHANNEL, response_url=None)
    yield "survey-edit-emoji-in-a-channel", view
    relational = a_survey("relationship", kind=SurveyKind.RELATIONAL)
    yield (
        "survey-edit-relational",
        blocks.survey_modal(relational, subject=COMPANY, alert_channel_id=None, response_url=None),
    )
    for name, room in ROOMS.items():
        yield f"survey-saved{name}", Whisper(blocks.saved(a_survey("support"), is_new=False, room=room))
        yield f"channel-chosen{name}", Whisper(blocks.channel_chosen(room, released=2))
    yield "survey-saved-new", Whisper(blocks.saved(a_survey("support"), is_new=True, room=AlertRoom(CHANNEL)))
    yield "survey-saved-paused", Whisper(blocks.saved(own, is_new=False, room=AlertRoom(CHANNEL)))
    yield "managers", managers_modal([COLLEAGUE, "U0CY"])
    yield "managers-nobody", managers_modal([])
    yield from _halts()


def _lists() -> States:
    on_emoji = a_survey("support", reaction="ballot_box_with_ballot")
    odd = a_survey("onboarding", alert_channel_id=None, paused_at=NOW, subject="Northwind Academy")
    shared = a_survey("relationship", kind=SurveyKind.RELATIONAL, alerts_stopped_because="shared")
    where = [a_survey("support", reaction="tada", reaction_channels=(CHANNEL,) * n) for n in (1, 3, 4)]
    yield "surveys-emoji-in-channels", Whisper(blocks.survey_list(where, subject=COMPANY, managers=[]))
    few = {"1": [a_survey("support")], "odd": [on_emoji, odd, shared]}
    for name, found in {**few, "20": [a_survey(f"survey-{n}") for n in range(1, 21)]}.items():
        yield f"surveys-{name}", Whisper(blocks.survey_list(found, subject=COMPANY, managers=[COLLEAGUE, "U0CY"]))
    yield "surveys-no-managers", Whisper(blocks.survey_list(few["1"], subject=COMPANY, managers=[]))


def _halts() -> States:
    for taken in (0, 1, 3):
        yield f"halted-{taken}", Whisper(blocks.halted(Halt(NOW, COLLEAGUE, taken)))
    yield "halted-by-somebody", Whisper(blocks.halted(Halt(NOW, None, 3)))
    for name, restored in {"not-stopped": None, "0": 0, "1": 1, "3": 3}.items():
        yield f"lifted-{name}", Whisper(blocks.lifted(restored))


def a_survey(name: str, **columns: Any) -> Survey:
    usual = {"kind": SurveyKind.TRANSACTIONAL, "alert_channel_id": CHANNEL, "delay_minutes": 180}
    return Survey(id=1, workspace_id=WORKSPACE, name=name, created_at=NOW, **(usual | columns))
