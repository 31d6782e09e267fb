"""Which alerts go where: the list, the modal, where it goes higher, and a test."""

from collections.abc import Sequence
from typing import Any

from bot.rules.routes import FORMER, Conditions, Hours, Mention, Mentions
from bot.rules.scoring import Category
from bot.services.routes import Overview, Plan, plan_of
from bot.slack.blocks.route_modal import Draft, route_modal
from bot.slack.blocks.routes import escalation_modal, route_list, route_test, test_sent
from bot.slack.blocks.staff import UserGroup
from bot.slack.blocks.surveys import AlertRoom
from storage.models import Route
from tests.gallery.documents import States, Whisper

URGENT, VOICE = "C0HELP", "C0"
SURVEYS = {1: "relationship", 2: "support", 3: "onboarding-in-the-first-weeks-of-the-quarter"}
GROUPS = [UserGroup("S0CARE", "Customer care"), UserGroup("S0CALL", "On call")]
LONG = "A segment with a name that is longer than anybody should have given it & <b>"
SEGMENTS = ["enterprise", "small business", LONG]


def states() -> States:
    one, ten = a_route(1, segment="enterprise", arr_from=50_000, mention="colleague", mentioned_id="U0BO"), _ten()
    yield "routes-none", Whisper(route_list(overview()))
    yield "routes-one", Whisper(route_list(overview(one), AlertRoom(URGENT, needs_invitation=True)))
    yield "routes-some", Whisper(route_list(overview(*ten[:3], escalation_channel_id=VOICE)))
    yield "routes-ten", Whisper(route_list(overview(*ten)))
    stopped = a_route(1, stopped_because="shared")
    shared = overview(stopped, escalation_channel_id=VOICE, escalation_stopped_because="shared")
    yield "routes-stopped", Whisper(route_list(shared))
    yield "route-modal-new", route_modal(draft(), response_url=None)
    yield "route-modal-edit", route_modal(draft(route_id=1, plan=plan_of(one), groups=GROUPS), response_url=None)
    yield "route-modal-full", route_modal(draft(route_id=1, plan=FULL, groups=[]), response_url=None)
    many = [f"Segment {number}" for number in range(120)]
    yield "route-modal-many-segments", route_modal(draft(segments=many, plan=FULL), response_url=None)
    yield "escalation-modal", escalation_modal(None, None)
    yield "escalation-modal-chosen", escalation_modal(URGENT, None)
    for mention in Mentions:
        target = "U0BO" if mention is Mentions.COLLEAGUE else "S0CARE" if mention is Mentions.GROUP else None
        yield f"route-test-{mention}", route_test(a_route(1, mention=mention, mentioned_id=target), by="U0ADMIN")
    praise = a_route(1, categories=("promoter",), mention="colleague")
    yield "route-test-colleague-gone", route_test(praise, by="U0ADMIN")
    yield "route-test-sent", Whisper(test_sent(AlertRoom(URGENT, needs_invitation=True)))


FULL = Plan(
    Conditions(
        survey_id=3,
        segment=LONG,
        owner_id=FORMER,
        arr_from=999_999_999,
        categories=frozenset(Category),
        highest_score=0,
        hours=Hours.OFF,
    ),
    Mention(Mentions.GROUP, "S0GONE"),
)


def overview(*routes: Route, **more: Any) -> Overview:
    return Overview(list(routes), SURVEYS, currency="EUR", **more)


def draft(**values: Any) -> Draft:
    known = {"surveys": list(SURVEYS.items()), "segments": SEGMENTS, "channel_id": None}
    return Draft(**known | values)


def a_route(place: int, **values: Any) -> Route:
    usual = {"workspace_id": "T0", "mention": "owner", "channel_id": URGENT}
    return Route(id=place, place=place, **usual | values)


def _ten() -> Sequence[Route]:
    full = {"survey_id": 3, "segment": LONG, "owner_id": FORMER, "arr_from": 999_999_999, "hours": "working"}
    chosen: list[dict[str, Any]] = [
        {"survey_id": 2, "hours": "off", "mention": "group", "mentioned_id": "S0CALL"},
        {"categories": ("detractor",), "segment": "enterprise", "highest_score": 3, "owner_id": "U0BO"},
        {"categories": ("promoter",), "channel_id": VOICE, "mention": "nobody"},
        {**full, "categories": ("detractor", "passive", "promoter"), "highest_score": 10, "mention": "asker"},
        {"highest_score": 0, "mention": "colleague", "mentioned_id": "U0CY"},
        {"owner_id": "U0BO", "channel_id": None},
        {"arr_from": 50_000},
        {"segment": LONG, "mention": "colleague"},
        {"survey_id": 1},
        {},
    ]
    return [a_route(place, **values) for place, values in enumerate(chosen, 1)]
