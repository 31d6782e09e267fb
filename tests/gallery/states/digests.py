"""The weekly digest with nothing, little and much to tell; setting one up; and a score that fell."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.cli.sample_facts import CHANNEL, COLLEAGUE, COMMENT, URL, WORKSPACE, alert_facts
from bot.rules.first_replies import Replies
from bot.rules.recontact import Because
from bot.rules.retry import Obstacle
from bot.rules.scoring import Tally, nps
from bot.rules.trend import change
from bot.rules.weekly import week_before
from bot.services.calendars import zone_of
from bot.services.digests import Choice
from bot.services.editions import Facts
from bot.services.reports import Score, Slice, Standing
from bot.services.summaries import OfKind, Quoted, Summary, Waiting
from bot.services.surveys import SurveyKind
from bot.slack.blocks import digest_setup as setup
from bot.slack.blocks import digests as blocks
from bot.slack.blocks.digest_setup import OBSTACLES, Draft
from bot.slack.blocks.falls import fall_alert
from bot.slack.blocks.surveys import AlertRoom
from bot.slack.blocks.trend_charts import picture_block
from storage.models import Digest, Fall
from tests.gallery.documents import NOW, Narrow, States, Whisper
from tests.gallery.states.people import COMMENTS, LONG_COMMENT, NAMES

NOTHING = Tally()
LONDON = zone_of("Europe/London")
NAMED = {1: "relationship", 2: "support"}
PRAISE = "Bo stayed until it worked."
WITHHELD = {Because.RECONTACT: 5, Because.DECLINED: 3, Because.OPTED_OUT: 1, Because.ACCOUNT: 2}


def states() -> States:
    yield "digest", blocks.digest_message(usual())
    yield "digest-picture", blocks.digest_message(usual(), picture_block("F0TREND", "NPS by month: no clear change."))
    yield "digest-narrow", Narrow(blocks.digest_message(usual()))
    yield "digest-1-answer", blocks.digest_message(one_answer())
    yield "digest-much", blocks.digest_message(much())
    yield "digest-much-narrow", Narrow(blocks.digest_message(much()))
    yield "digest-nothing-left", blocks.digest_message(replace(usual(), summary=Summary(), has_schedule=False))
    for which, name in NAMES.items():
        yield f"digest-{which}", Narrow(blocks.digest_message(odd(name, COMMENTS.get(which, LONG_COMMENT))))
    yield "digest-taken", Whisper(blocks.taken("Ana Ruiz", f"{URL}archives/{CHANNEL}/p1763719100000001"))
    yield "digest-nothing-new", Whisper(blocks.nothing_new(usual()))
    yield "digest-nobody-planned", Whisper(blocks.nobody_planned())
    yield "fall", fall_alert(a_fall(Tally(40, 10, 10), Tally(12, 10, 30)), "relationship")
    yield "fall-hard", fall_alert(a_fall(Tally(90), Tally(0, 0, 31)), "relationship")
    yield from _set_up()


def _set_up() -> States:
    narrow = Slice((1, 2), ("U0BO",), ("enterprise", "smb <x>"))
    found = [
        a_digest(),
        a_digest(weekday=4, hour=16, owner_id="U0BO", time_zone="America/New_York", survey_ids=("1",)),
        a_digest(paused_at=NOW, segments=["enterprise", "smb", "free"]),
        a_digest(stopped_because="shared", time_zone=None),
    ]
    yield "digests-none", Whisper(setup.digest_list([], names=NAMED))
    yield "digests-some", Whisper(setup.digest_list(found, names=NAMED))
    surveys, zone = list(NAMED.items()), "Europe/London"
    yield "digest-new", setup.digest_modal(Draft(time_zone=zone, surveys=surveys), response_url=None)
    changed = Draft(Choice(CHANNEL, 4, 16, narrow, is_paused=True), 1, zone, surveys, ("enterprise", "smb <x>"))
    yield "digest-change", setup.digest_modal(changed, response_url=None)
    rooms = {"": AlertRoom(CHANNEL), "-guests": AlertRoom(CHANNEL, has_guests=True)}
    for name, room in {**rooms, "-not-in-channel": AlertRoom(CHANNEL, needs_invitation=True)}.items():
        yield f"digest-saved{name}", Whisper(setup.saved(a_digest(), room=room))
    yield "digest-saved-paused", Whisper(setup.saved(a_digest(paused_at=NOW), room=AlertRoom(CHANNEL)))
    yield "digest-removed", Whisper(setup.removed(CHANNEL))
    for obstacle in (*OBSTACLES, Obstacle.SCOPE_MISSING):
        yield f"digest-waits-{obstacle}", setup.digest_waits(obstacle, CHANNEL)


def usual() -> Facts:
    summary = Summary(
        relational=of_kind(Tally(24, 9, 7), Tally(20, 8, 10), Tally(4, 1, 1)),
        transactional=of_kind(NOTHING, NOTHING, NOTHING, SurveyKind.TRANSACTIONAL),
        waiting=[waiting("Ana Ruiz", "Beta GmbH")],
        waiting_count=1,
        replies=Replies(timedelta(hours=3), 1, 2),
        best=Quoted(PRAISE, "Kim Weiß", 10),
        worst=Quoted(COMMENT, "Ana Ruiz", 4),
    )
    return Facts(a_digest(), week_before(NOW, LONDON), LONDON, summary, will_ask=11, has_schedule=True)


def one_answer() -> Facts:
    summary = Summary(
        relational=replace(of_kind(Tally(1), NOTHING, Tally(1)), name="relationship"),
        best=Quoted(PRAISE, "Kim Weiß", 10),
    )
    return replace(usual(), summary=summary, will_ask=1)


def much() -> Facts:
    summary = Summary(
        relational=of_kind(Tally(2600, 1350, 1050), Tally(2150, 1450, 1150), Tally(210, 110, 80)),
        transactional=of_kind(Tally(8, 3, 1), Tally(2, 0, 1), Tally(3, 0, 0), SurveyKind.TRANSACTIONAL, days=365),
        waiting=[waiting("Ana Ruiz", "Beta GmbH", days=20), waiting("Kim Weiß", None, by="U0CY")],
        waiting_count=37,
        overdue=12,
        replies=Replies(None, 31, 74),
        best=Quoted(LONG_COMMENT, "Kim Weiß", 10),
        worst=Quoted(LONG_COMMENT, "Ana Ruiz", 0),
        withheld=WITHHELD,
    )
    narrow = a_digest(owner_id="U0BO", segments=["enterprise", "smb"], survey_ids=("1", "2"))
    week = week_before(NOW + timedelta(days=18), LONDON)
    return replace(usual(), digest=narrow, names=list(NAMED.values()), summary=summary, week=week, will_ask=140)


def odd(name: str, comment: str) -> Facts:
    summary = usual().summary
    told = {"worst": Quoted(comment, name, 2), "best": Quoted(comment, name, 9)}
    return replace(usual(), summary=replace(summary, waiting=[waiting(name, name)], **told))


def of_kind(
    answers: Tally, before: Tally, new: Tally, kind: SurveyKind = SurveyKind.RELATIONAL, *, days: int = 90
) -> OfKind:
    score = Score(kind, days, answers, nps(answers), 0.31 if answers.responses else None)
    name = "support" if kind is SurveyKind.TRANSACTIONAL else None
    return OfKind(Standing(score, before, change(before, answers)), new, name)


def waiting(person: str, company: str | None, *, days: int = 4, by: str | None = None) -> Waiting:
    follow_up = replace(alert_facts(NOW, state="open").follow_up, opened_at=NOW - timedelta(days=days), claimed_by=by)
    return Waiting(follow_up, person, company)


def a_digest(**columns: Any) -> Digest:
    usual = {"weekday": 0, "hour": 9, "time_zone": "Europe/London", "due_at": NOW, "created_at": NOW}
    return Digest(id=1, workspace_id=WORKSPACE, channel_id=CHANNEL, set_up_by=COLLEAGUE, **(usual | columns))


def a_fall(before: Tally, after: Tally) -> Fall:
    return Fall(
        id=1,
        workspace_id=WORKSPACE,
        survey_id=1,
        found_at=NOW,
        promoters_before=before.promoters,
        passives_before=before.passives,
        detractors_before=before.detractors,
        promoters=after.promoters,
        passives=after.passives,
        detractors=after.detractors,
    )
