"""Who is who: profiles, e-mail addresses, user groups."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.fake_slack.records import Json, SlackError, User

from .registry import flag, method, page

if TYPE_CHECKING:
    from tests.fake_slack.fake import FakeSlack


@method("users.info", scope="users:read", tier=4, required="user", optional="include_locale")
def users_info(slack: FakeSlack, args: Json) -> Json:
    person = slack.users.get(args["user"])
    if person is None:
        raise SlackError("user_not_found")
    return {"user": profile(slack, person, with_locale=flag(args, "include_locale"))}


@method("users.list", scope="users:read", tier=2, optional="cursor limit include_locale")
def users_list(slack: FakeSlack, args: Json) -> Json:
    ours = [person for person in slack.users.values() if not slack.is_external(person)]
    people, metadata = page([_slackbot(slack), *ours], args, usual=1000)
    with_locale = flag(args, "include_locale")
    members = [profile(slack, person, with_locale=with_locale) for person in people]
    return {"members": members, "cache_ts": int(slack.now()), "response_metadata": metadata}


@method("users.lookupByEmail", scope="users:read.email", tier=3, required="email")
def lookup_by_email(slack: FakeSlack, args: Json) -> Json:
    for person in slack.users.values():
        if person.email == args["email"] and not person.deleted and not slack.is_external(person):
            return {"user": profile(slack, person, with_locale=False)}
    raise SlackError("users_not_found")


@method("usergroups.users.list", scope="usergroups:read", tier=2, required="usergroup", optional="include_disabled")
def usergroup_users(slack: FakeSlack, args: Json) -> Json:
    if args["usergroup"] not in slack.usergroups:
        raise SlackError("no_such_subteam")
    return {"users": slack.usergroups[args["usergroup"]]}


@method("usergroups.list", scope="usergroups:read", tier=2, optional="include_count include_disabled include_users")
def usergroups_list(slack: FakeSlack, args: Json) -> Json:
    groups = [
        {
            "id": id_,
            "team_id": slack.team_id,
            "is_usergroup": True,
            "handle": id_.lower(),
            "name": slack.usergroup_names[id_],
            "is_external": False,
            "date_delete": 0,
            **({"users": users} if flag(args, "include_users") else {}),
            **({"user_count": len(users)} if flag(args, "include_count") else {}),
        }
        for id_, users in slack.usergroups.items()
    ]
    return {"usergroups": groups}


def profile(slack: FakeSlack, person: User, *, with_locale: bool) -> Json:
    """A user object; external people show no locale, and e-mail needs a scope."""
    is_ours = not slack.is_external(person)
    known = {"locale": person.locale} if with_locale and is_ours else {}
    return {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "deleted": person.deleted,
        "real_name": person.real_name,
        **({} if person.deleted else _zone(slack, person)),
        "profile": _names(slack, person),
        **_roles(person),
        **known,
        **({} if is_ours else {"is_stranger": person.is_stranger or not slack.is_reachable(person)}),
        **(
            {"enterprise_user": {"id": person.id, "enterprise_id": person.enterprise_id}}
            if person.enterprise_id
            else {}
        ),
        "updated": int(slack.now()),
    }


def _names(slack: FakeSlack, person: User) -> Json:
    email = {"email": person.email} if person.email and "users:read.email" in slack.scopes else {}
    return {
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.display_name,
        "display_name_normalized": person.display_name,
        "team": person.team_id,
        **email,
    }


def _roles(person: User) -> Json:
    if person.deleted:
        return {"is_bot": person.is_bot}
    names = ("is_admin", "is_owner", "is_primary_owner", "is_restricted", "is_ultra_restricted", "is_bot")
    return {**{name: getattr(person, name) for name in names}, "is_app_user": False}


def _zone(slack: FakeSlack, person: User) -> Json:
    offset = datetime.fromtimestamp(slack.now(), UTC).astimezone(ZoneInfo(person.tz)).utcoffset()
    return {"tz": person.tz, "tz_label": person.tz, "tz_offset": int(offset.total_seconds()) if offset else 0}


def _slackbot(slack: FakeSlack) -> User:
    """Slack lists its own bot among the people and does not even call it a bot."""
    return User("USLACKBOT", "slackbot", "Slackbot", "Slackbot", slack.team_id, slack.team_domain)
