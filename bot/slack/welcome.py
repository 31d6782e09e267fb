"""The first admin: found in Slack, appointed, and led through the rest by a first message."""

from datetime import datetime

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.errors import PersonUnknown
from bot.services import first_steps, roles
from bot.slack.people import People, Person
from storage.database import Database

log = structlog.get_logger()


async def appoint(database: Database, people: People, workspace_id: str, named: str, *, now: datetime) -> None:
    """`named`: what FIRST_ADMIN says. Whoever cannot be found now is looked for at the next start."""
    try:
        admin = await first_admin(people, named) if named else None
    except (PersonUnknown, SlackApiError, ClientError, TimeoutError) as error:  # `nps-bot doctor` says more
        log.warning("first_admin_not_found", setting="FIRST_ADMIN", error=type(error).__name__)
        return
    if admin is not None and not _is_full_member(admin):
        log.warning("first_admin_is_no_colleague", setting="FIRST_ADMIN", user_id=admin.user_id)
        admin = None
    async with database.transaction() as tx:
        await roles.appoint_first_admin(tx, workspace_id, admin.user_id if admin else None, now=now)
        if admin is not None:
            await first_steps.welcome(tx, workspace_id, admin.user_id, now=now)


def _is_full_member(person: Person) -> bool:
    """By Slack's word, for whoever is named the first admin is staff, whatever staff was named before."""
    return not (person.is_guest or person.is_external or person.is_bot or person.is_deactivated)


async def first_admin(people: People, named: str) -> Person:
    """By Slack id or e-mail address. Raises PersonUnknown."""
    return await people.by_email(named) if "@" in named else await people.person(named)
