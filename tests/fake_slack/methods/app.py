"""What an app asks about itself: who am I, where is my socket, would you take these blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fake_slack.blocks import problems, view_problems
from tests.fake_slack.records import Json, SlackError

from .registry import method

if TYPE_CHECKING:
    from tests.fake_slack.fake import FakeSlack


@method("auth.test")
def auth_test(slack: FakeSlack, _args: Json) -> Json:
    return {
        "url": f"https://{slack.team_domain}.slack.com/",
        "team": slack.team_name,
        "user": slack.users[slack.bot_user_id].name,
        "team_id": slack.team_id,
        "user_id": slack.bot_user_id,
        "bot_id": slack.bot_id,
        "is_enterprise_install": slack.is_enterprise_install,
        **({"enterprise_id": slack.enterprise_id} if slack.enterprise_id else {}),
    }


@method("apps.connections.open", token="app", scope="connections:write")
def open_connection(slack: FakeSlack, _args: Json) -> Json:
    return {"url": slack.sockets.new_url(slack.base_url)}


@method(
    "apps.event.authorizations.list",
    token="app",
    scope="authorizations:read",
    required="event_context",
    optional="cursor limit",
)
def event_authorizations(slack: FakeSlack, _args: Json) -> Json:
    return {"authorizations": [slack.authorization()], "response_metadata": {"next_cursor": ""}}


@method("bots.info", scope="users:read", tier=3, optional="bot")
def bots_info(slack: FakeSlack, args: Json) -> Json:
    if args.get("bot", slack.bot_id) != slack.bot_id:
        raise SlackError("bot_not_found")
    name = slack.users[slack.bot_user_id].name
    bot = {"id": slack.bot_id, "deleted": False, "name": name, "app_id": slack.app_id, "user_id": slack.bot_user_id}
    return {"bot": bot}


@method("team.info", scope="team:read", tier=3, optional="team domain")
def team_info(slack: FakeSlack, args: Json) -> Json:
    if args.get("team", slack.team_id) != slack.team_id:
        raise SlackError("team_not_found")
    team = {"id": slack.team_id, "name": slack.team_name, "domain": slack.team_domain, "email_domain": ""}
    return {"team": {**team, "icon": {"image_default": True}}}


@method("blocks.validate", token=None, optional="blocks message view")
def validate(_slack: FakeSlack, args: Json) -> Json:
    given = [name for name in ("blocks", "message", "view") if name in args]
    if len(given) != 1:
        raise SlackError("invalid_arguments")
    kind = given[0]
    found = view_problems(args[kind]) if kind == "view" else problems(_blocks(args[kind]), "message")
    if found:
        raise SlackError(f"invalid_{kind}", errors=[{"message": problem} for problem in found])
    return {}


@method("functions.completeSuccess", tier=3, required="function_execution_id outputs")
def complete_success(slack: FakeSlack, args: Json) -> Json:
    slack.finish_step(args["function_execution_id"], outputs=args["outputs"])
    return {}


@method("functions.completeError", tier=3, required="function_execution_id error")
def complete_error(slack: FakeSlack, args: Json) -> Json:
    slack.finish_step(args["function_execution_id"], error=args["error"])
    return {}


def _blocks(given: object) -> object:
    return given.get("blocks", []) if isinstance(given, dict) else given
