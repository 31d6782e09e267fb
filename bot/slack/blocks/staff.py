"""Who is staff: what the workspace has named, and one modal to name it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.services.staff import Staff
from bot.slack import contexts, wire
from bot.slack.blocks.kit import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    field,
    menu,
    modal,
    people_menu,
    section,
)
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, mention

NO_GROUP = "none"
MOST_GROUPS = 99  # what a menu in Slack can hold, beside "no group"
MOST_TOLD = 50
say = speaker("en")


@dataclass(frozen=True)
class UserGroup:
    """A user group of the workspace, as people call it."""

    group_id: str
    name: str


def staff_named(staff: Staff, groups: Sequence[UserGroup] | None) -> Message:
    """Who is staff now, and a button to change it. `groups` None: we may not see them."""
    told = Mrkdwn(" ".join(_told(staff, groups)))
    note = say.mrkdwn(
        "Staff ask, read and look after answers, and nothing asks them as customers. Workspace admins and whoever "
        "`/nps managers` names are staff anyway, unless they are guests. Everybody else only answers."
    )
    return Message(told, [section(told), context(note), actions(button(say("Change"), wire.EDIT_STAFF, "edit"))])


def staff_modal(staff: Staff, groups: Sequence[UserGroup] | None, *, response_url: str | None) -> View:
    """`groups` None: we may not see them, so only people can be named."""
    hint = say("Guests and people of other companies too. Leave all empty: every full member is staff.")
    people = people_menu(wire.VALUE, chosen=staff.user_ids)
    return modal(
        say("Staff"),
        [
            _no_group() if groups is None and staff.group_id is None else _group(staff, groups),
            field("people", say("These people"), people, optional=True, hint=hint),
        ],
        callback_id=wire.STAFF_MODAL,
        submit=say("Save"),
        close=say("Cancel"),
        metadata=contexts.pack(contexts.StaffContext(response_url)),
    )


def _told(staff: Staff, groups: Sequence[UserGroup] | None) -> list[Mrkdwn]:
    if not staff.is_named:
        return [say.mrkdwn("Every full member of this workspace is staff; guests and other companies are customers.")]
    told = [say.mrkdwn("Staff: {who}.", who=_who(staff, groups))]
    if staff.group_id and groups is None:
        told.append(say.mrkdwn("I may not see that group (scope usergroups:read), so nobody is staff by being in it."))
    elif staff.group_id and _name(staff, groups) is None:
        told.append(say.mrkdwn("That group is no longer there, so nobody is staff by being in it."))
    return told


def _who(staff: Staff, groups: Sequence[UserGroup] | None) -> Mrkdwn:
    name = bold(_name(staff, groups) or staff.group_id)
    group = [say.mrkdwn("whoever is in the user group {name}", name=name)] if staff.group_id else []
    people = [mention(user_id) for user_id in staff.user_ids[:MOST_TOLD]]
    more = len(staff.user_ids) - len(people)
    rest = [say.mrkdwn("{n} more", n=more)] if more else []
    named = [*group, *people, *rest]
    return Mrkdwn(", ".join(named)) if named else say.mrkdwn("nobody but workspace admins and managers")


def _group(staff: Staff, groups: Sequence[UserGroup] | None) -> Block:
    """Of more than a menu can hold, the one that was chosen stays; so it does while we may not see any."""
    known = [UserGroup(staff.group_id or "", say("The group chosen before"))] if groups is None else groups
    ranked = sorted(known, key=lambda group: group.group_id != staff.group_id)[:MOST_GROUPS]
    options = [(NO_GROUP, say("No group")), *((group.group_id, group.name) for group in ranked)]
    chosen = staff.group_id if staff.group_id in dict(options) else NO_GROUP
    return field("group", say("Everybody in this user group"), menu(wire.VALUE, options, chosen=chosen))


def _no_group() -> Block:
    return section(say.mrkdwn("I may not see user groups (scope usergroups:read), so name people here."))


def _name(staff: Staff, groups: Sequence[UserGroup] | None) -> str | None:
    return next((group.name for group in groups or () if group.group_id == staff.group_id), None)
