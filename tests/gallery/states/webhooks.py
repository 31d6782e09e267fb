"""`/nps webhooks`: nobody hears yet, all an endpoint may be, its secret, its log, and what is told of trouble."""

from datetime import timedelta

from bot.cli.sample_facts import WORKSPACE
from bot.rules.webhooks import TEST, Trouble, WebhookEvent
from bot.services.webhook_endpoints import News, Off
from bot.services.webhooks import Tried
from bot.slack.blocks.webhooks import Listed, webhook_list, webhook_log, webhook_modal, webhook_news, webhook_secret
from bot.slack.contexts import WebhookContext
from bot.texts.markup import Mrkdwn
from storage.models import WebhookAttempt, WebhookEndpoint, WebhookMessage
from tests.gallery.documents import NOW, States, Whisper

OPENED = WebhookContext(1)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
SINCE = NOW - timedelta(hours=3)


def states() -> States:
    crm = _endpoint("CRM")
    yield "webhooks-none", Whisper(webhook_list([]))
    yield "webhooks-added", Whisper(webhook_list([Listed(crm)], lead=Mrkdwn("*CRM* hears from now on.")))
    everything = [
        Listed(crm),
        Listed(_endpoint("data lake", events=(WebhookEvent.CONTACT_OPTED_OUT, WebhookEvent.CONTACT_ERASED)), 1),
        Listed(_endpoint("<!channel> *bold* & co", failing_since=SINCE), 12),
        Listed(_endpoint("help desk", off_since=SINCE, off_because=Off.PAUSED), 2),
        Listed(_endpoint("old CRM", off_since=SINCE, off_because=Off.GONE)),
    ]
    yield "webhooks", Whisper(webhook_list(everything))
    yield "webhooks-full", Whisper(webhook_list([Listed(_endpoint(f"CRM {number}")) for number in range(10)]))
    yield "webhook-add", webhook_modal(OPENED)
    yield "webhook-secret", webhook_secret(crm, OPENED, signs=1)
    rotated = _endpoint("CRM", former_secret=SECRET, former_until=NOW + timedelta(hours=20))
    yield "webhook-secret-new", webhook_secret(rotated, OPENED, signs=2)
    yield "webhook-log-empty", Whisper(webhook_log(crm, []))
    yield "webhook-log", Whisper(webhook_log(crm, _log()))
    for news in News:
        yield f"webhook-news-{news.replace('_', '-')}", webhook_news(news, crm)


def _log() -> list[Tried]:
    troubles = [_tried(at, because=trouble) for at, trouble in enumerate(Trouble, start=5)]
    return [
        _tried(1, status=204, state="delivered"),
        _tried(2, status=204, state="delivered", type_=TEST),
        _tried(3, status=500, state="given_up"),
        _tried(4, status=503, state="pending"),
        *troubles,
    ]


def _tried(
    at: int,
    *,
    status: int | None = None,
    because: Trouble | None = None,
    state: str = "given_up",
    type_: str = WebhookEvent.RESPONSE_RECORDED,
) -> Tried:
    attempt = WebhookAttempt(
        id=at,
        endpoint_id=1,
        message_id=at,
        at=NOW - timedelta(minutes=at),
        took_ms=34 * at,
        status=status,
        because=because,
    )
    message = WebhookMessage(
        id=at,
        workspace_id=WORKSPACE,
        endpoint_id=1,
        event_id=f"msg_{at:032x}",
        type=type_,
        happened_at=NOW - timedelta(minutes=at),
        state=state,
        due_at=NOW + timedelta(minutes=5),
    )
    return Tried(attempt, message, is_last=because is None)


def _endpoint(name: str, *, events: tuple[str, ...] = tuple(WebhookEvent), **more: object) -> WebhookEndpoint:
    return WebhookEndpoint(
        id=1,
        workspace_id=WORKSPACE,
        name=name,
        url="https://hooks.example.com/nps?token=secret",
        events=events,
        secret=SECRET,
        created_at=NOW,
        **more,
    )
