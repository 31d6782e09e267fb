"""`nps-bot doctor`: one line for everything that must be right; exit code 1 as soon as something needs doing."""

from datetime import UTC, datetime

import pytest

from bot.rules.messages import DeliveryKind
from bot.rules.retry import Obstacle, Park
from bot.services import deliveries, surveys, workspaces
from bot.services.deliveries import Promise
from bot.services.workspaces import Identity
from storage.database import Database
from tests.cli.conftest import CommandLine, Outcome
from tests.fake_slack import FakeSlack
from tests.house import ALERTS, BO, GUEST, OTHER, SHARED


@pytest.fixture
def doctor(nps_bot: CommandLine, strict_slack: FakeSlack) -> CommandLine:
    """Everything right, over Socket Mode."""
    nps_bot.set(
        SLACK_API_URL=strict_slack.api_url,
        SLACK_BOT_TOKEN=strict_slack.bot_token,
        SLACK_APP_TOKEN=strict_slack.app_token,
    )
    return nps_bot


async def examined(doctor: CommandLine) -> Outcome:
    outcome = await doctor.run("doctor")
    assert "xoxb-" not in outcome.said
    assert "xapp-" not in outcome.said.replace("App-Level Tokens (xapp-…)", "")
    assert "Traceback" not in outcome.said
    return outcome


async def alerting_to(database: Database, channel: str, slack: FakeSlack) -> None:
    """The workspace as the bot knows it after a first start and the choice of a channel."""
    now = datetime.now(UTC)
    async with database.transaction() as tx:
        identity = Identity(slack.team_id, slack.team_name, "https://northwind.slack.com/", slack.bot_user_id)
        await workspaces.install(tx, identity, now=now)
        await surveys.ensure_defaults(tx, slack.team_id, now=now)
        for survey in await surveys.all_of(tx, slack.team_id):
            await surveys.set_alert_channel(tx, survey.id, channel)


async def test_when_all_is_well_every_line_is_ok(
    doctor: CommandLine, migrated: Database, strict_slack: FakeSlack
) -> None:
    await alerting_to(migrated, ALERTS, strict_slack)
    outcome = await examined(doctor)
    assert outcome.code == 0
    assert "!!" not in outcome.said
    assert "note" not in outcome.said
    for line in (
        "ok SLACK_BOT_TOKEN works, for Northwind",
        "ok all needed scopes",
        "ok SLACK_APP_TOKEN works",
        "ok the database is up to date",
        "ok alert channel #alerts (relationship, support)",
        "ok Slack takes all our messages and modals",
    ):
        assert line in outcome.said
    assert strict_slack.violations == []


async def test_over_http_it_tells_what_slack_must_reach(doctor: CommandLine, migrated: Database) -> None:
    doctor.set(SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET="a-secret-nobody-sees", PORT="8123")
    outcome = await examined(doctor)
    assert outcome.code == 0
    assert "/slack/events, forwarded to port 8123" in outcome.said
    assert "a-secret-nobody-sees" not in outcome.said


async def test_a_bot_token_slack_does_not_take_is_named(doctor: CommandLine, migrated: Database) -> None:
    doctor.set(SLACK_BOT_TOKEN="xoxb-wrong")
    outcome = await examined(doctor)
    assert outcome.code == 1
    assert "!! Slack does not take SLACK_BOT_TOKEN (invalid_auth)" in outcome.said
    assert "ok SLACK_APP_TOKEN works" in outcome.said


async def test_an_app_token_slack_does_not_take_is_named(doctor: CommandLine, migrated: Database) -> None:
    doctor.set(SLACK_APP_TOKEN="xapp-wrong")
    outcome = await examined(doctor)
    assert outcome.code == 1
    assert "!! SLACK_APP_TOKEN is not taken (invalid_auth): it needs connections:write" in outcome.said


async def test_a_missing_scope_is_named_with_what_it_is_for(
    doctor: CommandLine, migrated: Database, strict_slack: FakeSlack
) -> None:
    strict_slack.scopes.discard("groups:read")
    outcome = await examined(doctor)
    assert outcome.code == 1
    assert "!! scope groups:read is missing" in outcome.said
    assert "all needed scopes" not in outcome.said


async def test_an_optional_scope_that_is_off_is_only_a_note(
    doctor: CommandLine, migrated: Database, strict_slack: FakeSlack
) -> None:
    strict_slack.scopes.discard("users:read.email")
    outcome = await examined(doctor)
    assert outcome.code == 0
    assert "note scope users:read.email is not granted, so this is off: /nps ask somebody@example.com" in outcome.said


@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:1/nowhere", "sqlite:////nowhere/at/all/nps.db"])
async def test_a_database_that_does_not_answer_is_named(doctor: CommandLine, url: str) -> None:
    doctor.set(DATABASE_URL=url)
    outcome = await examined(doctor)
    assert outcome.code == 1
    assert "!! the database does not answer. Check DATABASE_URL" in outcome.said


async def test_a_database_that_was_never_migrated_is_named(doctor: CommandLine) -> None:
    outcome = await examined(doctor)
    assert outcome.code == 0
    assert "note the database is new or of an older version; nps-bot serve brings it up to date" in outcome.said


async def test_surveys_without_an_alert_channel_are_only_a_note(
    doctor: CommandLine, migrated: Database, strict_slack: FakeSlack
) -> None:
    await alerting_to(migrated, ALERTS, strict_slack)
    async with migrated.transaction() as tx:
        survey = await surveys.named(tx, strict_slack.team_id, "support")
        await surveys.set_alert_channel(tx, survey.id, None)
    outcome = await examined(doctor)
    assert outcome.code == 0
    assert "note no alert channel yet for: support" in outcome.said


async def test_an_alert_channel_the_bot_is_not_in_needs_an_invitation(
    doctor: CommandLine, migrated: Database, strict_slack: FakeSlack
) -> None:
    await alerting_to(migrated, OTHER, strict_slack)
    outcome = await examined(doctor)
    assert outcome.code == 1
    assert f"!! alert channel {OTHER} (relationship, support): I am not in it" in outcome.said


async def test_an_archived_alert_channel_needs_another_choice(
    doctor: CommandLine, migrated: Database, strict_slack: FakeSlack
) -> None:
    await alerting_to(migrated, ALERTS, strict_slack)
    strict_slack.archive(ALERTS)
    outcome = await examined(doctor)
    assert outcome.code == 1
    assert "!! alert channel #alerts (relationship, support) is archived" in outcome.said


async def test_an_alert_channel_shared_with_another_company_needs_another_choice(
    doctor: CommandLine, migrated: Database, strict_slack: FakeSlack
) -> None:
    await alerting_to(migrated, SHARED, strict_slack)
    outcome = await examined(doctor)
    assert outcome.code == 1
    assert "!! alert channel #shared (relationship, support) is shared with another company" in outcome.said


async def test_messages_that_wait_for_somebody_are_mentioned(
    doctor: CommandLine, migrated: Database, strict_slack: FakeSlack
) -> None:
    await alerting_to(migrated, ALERTS, strict_slack)
    await parked_messages(migrated, strict_slack.team_id, 3)
    outcome = await examined(doctor)
    assert outcome.code == 0
    assert f"note 3 messages wait (not_in_channel in {ALERTS})" in outcome.said


@pytest.mark.parametrize("trouble", ["unknown_method", "method_deprecated"])
async def test_a_slack_that_cannot_check_blocks_is_only_a_note(
    doctor: CommandLine, migrated: Database, strict_slack: FakeSlack, trouble: str
) -> None:
    strict_slack.fail_next("blocks.validate", trouble)
    outcome = await examined(doctor)
    assert outcome.code == 0
    assert "note Slack could not be asked whether it takes our messages" in outcome.said


async def test_a_message_slack_would_not_take_is_reported(
    doctor: CommandLine, migrated: Database, strict_slack: FakeSlack
) -> None:
    strict_slack.fail_next("blocks.validate", "invalid_blocks")
    outcome = await examined(doctor)
    assert outcome.code == 1
    assert "!! Slack does not take one of our messages (invalid_blocks)" in outcome.said


async def test_a_slack_that_does_not_answer_is_named_and_the_rest_still_examined(
    doctor: CommandLine, migrated: Database
) -> None:
    doctor.set(SLACK_API_URL="http://127.0.0.1:1/api/")
    outcome = await examined(doctor)
    assert outcome.code == 1
    assert "!! Slack does not answer at SLACK_API_URL http://127.0.0.1:1/api/" in outcome.said
    assert "ok the database is up to date" in outcome.said


async def parked_messages(database: Database, workspace_id: str, number: int) -> None:
    now = datetime.now(UTC)
    for each in range(number):
        owed = Promise(workspace_id, DeliveryKind.ALERT, f"alert:{each}", recipient_id=ALERTS)
        async with database.transaction() as tx:
            await deliveries.promise(tx, owed, due_at=now, now=now)
            [taken] = await deliveries.take(tx, workspace_id, limit=1, now=now)
            await deliveries.settle(tx, taken, Park(Obstacle.NOT_IN_CHANNEL, ALERTS), now=now)


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (BO, f"ok FIRST_ADMIN is {BO}"),
        (GUEST, f"!! FIRST_ADMIN {GUEST} is a guest"),
        ("U0NOBODY", "!! FIRST_ADMIN is nobody in this workspace"),
        ("bo@northwind.example", "!! FIRST_ADMIN needs the scope users:read.email"),
        ("bo", "FIRST_ADMIN is not right"),
    ],
)
async def test_doctor_says_whether_the_first_admin_can_be_one(
    doctor: CommandLine, migrated: Database, strict_slack: FakeSlack, named: str, said: str
) -> None:
    strict_slack.scopes.discard("users:read.email")
    doctor.set(FIRST_ADMIN=named)
    assert said in (await examined(doctor)).said


async def test_programs_that_may_tell_events_are_named_with_what_must_be_reachable(
    doctor: CommandLine, migrated: Database, strict_slack: FakeSlack
) -> None:
    await alerting_to(migrated, ALERTS, strict_slack)
    assert "events may be told" not in (await examined(doctor)).said
    assert (await doctor.run("hooks", "add", "helpdesk")).code == 0
    outcome = await examined(doctor)
    assert "ok events may be told by helpdesk: they must reach https://<your host>/hooks/…" in outcome.said
    assert "in Socket Mode too" in outcome.said
