"""Modals open with a trigger, once and at once; Home tabs are published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fake_slack.rehearsal import refused
from tests.fake_slack.samples import home, modal, section

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from tests.fake_slack import FakeSlack


async def test_a_trigger_opens_one_view(slack: FakeSlack, client: AsyncWebClient) -> None:
    trigger = slack.new_trigger("U1")
    await client.views_open(trigger_id=trigger, view=modal(section("hi")))
    assert slack.open_view("U1").shown == "hi"
    assert await refused(client.views_open(trigger_id=trigger, view=modal(section("hi")))) == "exchanged_trigger_id"
    assert len(slack.violations) == 1


async def test_a_trigger_dies_after_three_seconds(slack: FakeSlack, client: AsyncWebClient) -> None:
    late, forced = slack.new_trigger("U1"), slack.new_trigger("U1")
    slack.clock.now += 3.1
    assert await refused(client.views_open(trigger_id=late, view=modal(section("hi")))) == "expired_trigger_id"
    slack.clock.now -= 3.1
    slack.expire_triggers()
    slack.error_names["expired_trigger_id"] = "trigger_expired"
    assert await refused(client.views_open(trigger_id=forced, view=modal(section("hi")))) == "trigger_expired"
    assert slack.violations == []


async def test_a_view_is_updated_by_whoever_has_seen_it_last(slack: FakeSlack, client: AsyncWebClient) -> None:
    first, second, third = (modal(section(text)) for text in "123")
    view = (await client.views_open(trigger_id=slack.new_trigger("U1"), view=first))["view"]
    await client.views_update(view_id=view["id"], hash=view["hash"], view=second)
    assert await refused(client.views_update(view_id=view["id"], hash=view["hash"], view=third)) == "hash_conflict"
    assert await refused(client.views_update(view_id="V0", view=third)) == "not_found"
    assert slack.open_view("U1").shown == "2"


async def test_an_external_id_finds_a_view_and_belongs_to_one(slack: FakeSlack, client: AsyncWebClient) -> None:
    mine, same = modal(section("1"), external_id="e"), modal(section("2"), external_id="e")
    await client.views_open(trigger_id=slack.new_trigger("U1"), view=mine)
    assert await refused(client.views_open(trigger_id=slack.new_trigger("U2"), view=same)) == "duplicate_external_id"
    await client.views_update(external_id="e", view=same)
    assert slack.open_view("U1").shown == "2"


async def test_three_views_are_the_deepest_stack(slack: FakeSlack, client: AsyncWebClient) -> None:
    await client.views_open(trigger_id=slack.new_trigger("U1"), view=modal(section("1")))
    for n in (2, 3):
        trigger = slack.new_trigger("U1", view=slack.open_view("U1"))
        await client.views_push(trigger_id=trigger, view=modal(section(str(n))))
    trigger = slack.new_trigger("U1", view=slack.open_view("U1"))
    assert await refused(client.views_push(trigger_id=trigger, view=modal(section("4")))) == "push_limit_reached"


async def test_a_bad_view_is_a_violation(slack: FakeSlack, client: AsyncWebClient) -> None:
    bad = modal(section("hi"), private_metadata="x" * 3001)
    assert await refused(client.views_open(trigger_id=slack.new_trigger("U1"), view=bad)) == "invalid_arguments"
    assert slack.violations == ["views.open: view.private_metadata: must be 0 to 3000 characters long, not 3001"]


async def test_a_home_is_published_to_people_of_our_team(slack: FakeSlack, client: AsyncWebClient) -> None:
    await client.views_publish(user_id="U1", view=home("welcome"))
    assert slack.home("U1")["blocks"][0]["text"]["text"] == "welcome"
    assert await refused(client.views_publish(user_id="U9", view=home("hi"))) == "user_not_found"


async def test_only_modals_open_and_only_homes_are_published(slack: FakeSlack, client: AsyncWebClient) -> None:
    form = modal(section())
    calls = [
        client.views_open(trigger_id=slack.new_trigger("U1"), view=home("hi")),
        client.views_publish(user_id="U1", view=form),
        client.api_call("views.update", json={"view": form}),
    ]
    assert [await refused(call) for call in calls] == ["invalid_arguments"] * 3
    assert len(slack.violations) == 3
    slack.home_tab_enabled = False
    assert await refused(client.views_publish(user_id="U1", view=home("hi"))) == "not_enabled"
