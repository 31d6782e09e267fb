"""What an error from Slack means for a message: wait, mend something first, give it up, or nobody knows."""

from datetime import datetime, timedelta

import structlog
from slack_sdk.errors import SlackApiError

from bot.rules.messages import TO_CUSTOMERS, TO_THE_TEAM
from bot.rules.retry import GiveUp, Moot, Obstacle, Outcome, Park, RetryAt, Sent, wait
from bot.services.alerts import INSTALLED
from bot.slack.api_errors import error_code, error_status, retry_after
from bot.slack.paper import Letter
from storage.models import Delivery

log = structlog.get_logger()
TOO_MANY, SERVER_FAILED = 429, 500

OBSTACLES = {
    "not_in_channel": Obstacle.NOT_IN_CHANNEL,
    "channel_not_found": Obstacle.NOT_IN_CHANNEL,
    "is_archived": Obstacle.ARCHIVED,
    "restricted_action": Obstacle.RESTRICTED,
    "restricted_action_read_only_channel": Obstacle.RESTRICTED,
    "restricted_action_thread_only_channel": Obstacle.RESTRICTED,
    "messages_tab_disabled": Obstacle.MESSAGES_TAB,
    "missing_scope": Obstacle.SCOPE_MISSING,
    "invalid_auth": Obstacle.TOKEN,
    "not_authed": Obstacle.TOKEN,
    "account_inactive": Obstacle.TOKEN,
    "token_revoked": Obstacle.TOKEN,
    "token_expired": Obstacle.TOKEN,
}
# Slack may or may not have done it: its own words for these are "some aspect of the operation may have succeeded".
UNCLEAR = frozenset({"internal_error", "fatal_error", "request_timeout"})
NOT_DONE = frozenset({"ratelimited", "rate_limited", "service_unavailable", "team_added_to_org"})
# Nothing is left to redraw: the message or its channel is gone.
GONE = frozenset(
    {
        "message_not_found",
        "cant_update_message",
        "cant_delete_message",
        "channel_not_found",
        "is_archived",
        "is_inactive",
    }
)


def refused(delivery: Delivery, letter: Letter, error: SlackApiError, *, now: datetime) -> Outcome:
    code, status = error_code(error), error_status(error)
    if letter.ts is not None and code in GONE:
        return Moot("message_gone")
    expected = known(error, letter, now=now)
    if expected is not None:
        return expected
    if code in UNCLEAR or (status >= SERVER_FAILED and code not in NOT_DONE):
        return unclear(delivery, code, now=now)
    if code in NOT_DONE:
        return RetryAt(now + wait(delivery.attempts), code)
    log.warning("delivery_refused", delivery_id=delivery.id, kind=delivery.kind, error=code)
    is_new = letter.ts is None and not letter.is_direct
    if delivery.kind in TO_THE_TEAM and is_new:  # never lost: tried again, and somebody is told
        return Park(Obstacle.REFUSED, letter.channel_id)
    return GiveUp(code)


def known(error: SlackApiError, letter: Letter, *, now: datetime) -> Outcome | None:
    """Slack asks us to wait, or somebody has to mend something."""
    code = error_code(error)
    if error_status(error) == TOO_MANY or code in ("ratelimited", "rate_limited"):
        when = now + timedelta(seconds=retry_after(error))
        return RetryAt(when, "ratelimited", lane=letter.lane, hold=True)
    obstacle = OBSTACLES.get(code)
    if obstacle is None or (obstacle is Obstacle.NOT_IN_CHANNEL and letter.is_direct):
        return None  # for a direct message this means that the person is gone
    is_everywhere = letter.is_direct or obstacle in INSTALLED
    return Park(obstacle, None if is_everywhere else letter.channel_id)


def unclear(delivery: Delivery, because: str, *, now: datetime) -> Outcome:
    """Slack did not say whether it was done. Nobody is asked or answered twice; all else is said again."""
    if delivery.kind in TO_CUSTOMERS:
        return Sent(is_certain=False)
    return RetryAt(now + wait(delivery.attempts), because)
