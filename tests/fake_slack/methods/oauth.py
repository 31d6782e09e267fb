"""Somebody installs the app: a code, good once and for ten minutes, becomes the bot's token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fake_slack.records import Json, SlackError

from .registry import method

if TYPE_CHECKING:
    from tests.fake_slack.fake import FakeSlack

CODE_SECONDS = 10 * 60


@method("oauth.v2.access", token=None, required="client_id client_secret code", optional="redirect_uri grant_type")
def oauth_access(slack: FakeSlack, args: Json) -> Json:
    if args["client_id"] != slack.client_id:
        raise SlackError("invalid_client_id")
    if args["client_secret"] != slack.client_secret:
        raise SlackError("bad_client_secret")
    installer, granted_at = slack.install_codes.pop(args["code"], ("", float("-inf")))
    if slack.now() - granted_at > CODE_SECONDS:
        raise SlackError("invalid_code")
    slack.token_error = None
    return {
        "app_id": slack.app_id,
        "authed_user": {"id": installer},
        "scope": ",".join(sorted(slack.scopes)),
        "token_type": "bot",
        "access_token": slack.bot_token,
        "bot_user_id": slack.bot_user_id,
        "team": {"id": slack.team_id, "name": slack.team_name},
        "enterprise": slack.enterprise(),
        "is_enterprise_install": slack.is_enterprise_install,
    }
