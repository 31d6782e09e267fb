"""`/nps webhooks`: a manager lets a program hear, tries it out, sees what went wrong and mends it."""

import pytest

from bot.rules.webhooks import WAITS, WebhookEvent
from bot.services import privacy
from storage.models import WebhookEndpoint
from tests.fake_slack import Ephemeral, FakeSlack
from tests.house import ADMIN, BO, CY, GUEST, House, open_house
from tests.small import on_sqlite
from tests.webhooks.conftest import bring, fresh, hears, messages
from tests.webhooks.receiver import Receiver

NOTHING = "No other program hears from me what happened."


async def page(house: House, user: str = ADMIN) -> Ephemeral:
    await house.nps(user, "webhooks")
    return house.slack.ephemerals_for(user)[-1]


async def press(house: House, button: str, user: str = ADMIN) -> str:
    """On what that person sees last; returns what they see then."""
    await house.press(user, house.slack.ephemerals_for(user)[-1], button)
    return house.slack.ephemerals_for(user)[-1].shown


async def appoint(house: House, *managers: str) -> None:
    await house.nps(ADMIN, "managers")
    await house.comment(ADMIN, managers=list(managers))


async def fill_in(house: House, user: str = ADMIN, **values: object) -> dict[str, str]:
    """Open the modal and send it; returns what is said beside the fields."""
    await page(house, user)
    await house.press(user, house.slack.ephemerals_for(user)[-1], "add_webhook")
    ack = await house.slack.submit(user, values)
    assert ack.ok, ack
    await house.settle()
    return ack.body.get("errors", {}) if isinstance(ack.body, dict) else {}


async def test_a_program_is_added_tried_out_and_hears(house: House, receiver: Receiver):
    assert NOTHING in (await page(house)).shown
    assert await fill_in(house, name="CRM", url=receiver.url) == {}
    told = house.slack.ephemerals_for(ADMIN)[-1].shown
    assert "*CRM* hears from now on" in told
    assert "Hears: everything. On." in told
    assert "whsec_" not in told
    assert receiver.url not in told, "a path may hold a token"
    assert "A test is on its way" in await press(house, "test_webhook")
    await bring(house)
    assert receiver.types == ["webhook.test"]
    assert "204 after" in await press(house, "webhook_log")
    assert receiver.heard[0].id in house.slack.ephemerals_for(ADMIN)[-1].shown
    assert "Hears: everything" in await press(house, "show_webhooks")


async def test_only_what_is_ticked_is_told(house: House, receiver: Receiver):
    await fill_in(house, name="CRM", url=receiver.url, events=["contact.erased", "contact.opted_out"])
    assert "Hears: `contact.opted_out`, `contact.erased`." in house.slack.ephemerals_for(ADMIN)[-1].shown


async def test_the_secret_is_shown_to_managers_and_made_anew(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    await page(house)
    await press(house, "webhook_secret")
    view = house.slack.open_view(ADMIN)
    assert endpoint.secret in view.shown
    assert "signs too until" not in view.shown
    ack = await house.slack.submit(ADMIN, {})
    assert ack.ok, ack
    await house.settle()
    assert "There is a new secret" in house.slack.ephemerals_for(ADMIN)[-1].shown
    await press(house, "webhook_secret")
    shown = house.slack.open_view(ADMIN).shown
    assert (await fresh(house, endpoint)).secret in shown
    assert endpoint.secret not in shown
    assert "The secret before signs too until" in shown


async def test_paused_resumed_and_removed(house: House, endpoint: WebhookEndpoint):
    await page(house)
    assert "Paused since" in await press(house, "pause_webhook")
    assert "On." in await press(house, "resume_webhook")
    assert NOTHING in await press(house, "remove_webhook")


async def test_what_was_given_up_is_told_seen_and_sent_again(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    receiver.usual = 500
    await page(house)
    await press(house, "test_webhook")
    await bring(house)
    assert "500 after" in await press(house, "webhook_log")
    assert "next try" in house.slack.ephemerals_for(ADMIN)[-1].shown
    for wait in WAITS:
        await house.later(seconds=wait.total_seconds() + 1)
        await bring(house)
    told = house.cards(house.slack.dm_of(ADMIN))[-1]
    assert "The webhook *crm*" in told.shown
    assert "In trouble" in (await page(house)).shown
    receiver.usual = 204
    assert "given up" in await press(house, "webhook_log")
    assert "next try" in await press(house, "send_again")
    await bring(house)
    assert [each.state for each in await messages(house.database)] == ["delivered"]
    assert "In trouble" not in (await page(house)).shown
    await house.press(ADMIN, told, "webhook_log")
    assert "204 after" in house.card(told).shown


@on_sqlite
async def test_where_whoever_set_it_up_is_forgotten_admins_and_managers_are_told(
    house: House, endpoint: WebhookEndpoint, receiver: Receiver
):
    await appoint(house, CY)
    async with house.database.transaction() as tx:
        await privacy.erase(tx, "T0NORTH", ADMIN, now=house.now)
    await page(house, CY)
    receiver.usual = 410
    await press(house, "test_webhook", CY)
    await bring(house)
    assert "(410)" in house.cards(house.slack.dm_of(CY))[-1].shown


@pytest.mark.parametrize("user", [BO, GUEST])
@on_sqlite
async def test_who_may_not_set_up_surveys_sees_no_webhooks(house: House, endpoint: WebhookEndpoint, user: str):
    assert "crm" not in await house.nps(user, "webhooks")


@on_sqlite
async def test_who_manages_no_longer_presses_in_vain(house: House, endpoint: WebhookEndpoint):
    await appoint(house, CY)
    shown = await page(house, CY)
    await appoint(house)
    for button in ("test_webhook", "pause_webhook", "remove_webhook", "webhook_secret", "webhook_log", "add_webhook"):
        await house.slack.click(CY, shown, button, stale=True)
        await house.settle()
        assert "You may not set up surveys" in house.slack.ephemerals_for(CY)[-1].shown
    assert (await fresh(house, endpoint)).off_since is None
    assert await messages(house.database) == []


@on_sqlite
async def test_buttons_of_a_webhook_that_a_colleague_removed_show_what_is_left(house: House, endpoint: WebhookEndpoint):
    shown = await page(house)
    await press(house, "remove_webhook")
    for button in ("test_webhook", "pause_webhook", "remove_webhook", "webhook_secret", "webhook_log"):
        ack = await house.slack.click(ADMIN, shown, button, stale=True)
        assert ack.ok, ack
        await house.settle()
        assert NOTHING in house.slack.ephemerals_for(ADMIN)[-1].shown


REFUSED = {
    "name": [({"name": "crm"}, "Another webhook has this name.")],
    "url": [
        ({"url": each}, "An address like https://example.com/nps")
        for each in (
            "ftp://example.com",
            "example.com",
            "https://",
            "https://bo:secret@example.com/",
            "https://[::1",
            "https://a b",
        )
    ],
}


@pytest.mark.parametrize(
    ("field", "values", "said"), [(field, *each) for field, some in REFUSED.items() for each in some]
)
@on_sqlite
async def test_what_cannot_be_taken_stays_in_the_modal_with_the_reason(
    house: House, endpoint: WebhookEndpoint, field: str, values: dict[str, str], said: str
):
    errors = await fill_in(house, **({"name": "CRM", "url": "https://example.com/nps"} | values))
    assert said in errors[field]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://example.com/nps", "An address like https://"),
        ("https://10.0.0.1/nps", "inner network"),
        ("https://[::ffff:127.0.0.1]/nps", "inner network"),
    ],
)
async def test_usually_neither_inner_addresses_nor_plain_http_are_taken(
    slack: FakeSlack, sqlite_url: str, url: str, said: str
):
    async with open_house(slack, sqlite_url, "http") as house:
        assert said in (await fill_in(house, name="CRM", url=url))["url"]
        assert await fill_in(house, name="CRM", url="https://example.com/nps") == {}


@on_sqlite
async def test_there_are_no_more_than_can_be_shown(house: House):
    for number in range(10):
        await hears(house, "https://example.com/nps", name=f"crm{number}", events=[WebhookEvent.CONTACT_ERASED])
    assert "add_webhook" not in str((await page(house)).blocks)
