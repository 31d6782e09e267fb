"""Who may do what, the whole table."""

import pytest

from bot.rules.permissions import Permission, Role, may

OUTSIDER, MEMBER, MANAGER, ADMIN = Role
NOBODY_ELSE = {
    Permission.ASK: {MEMBER, MANAGER, ADMIN},
    Permission.READ: {MEMBER, MANAGER, ADMIN},
    Permission.FOLLOW_UP: {MEMBER, MANAGER, ADMIN},
    Permission.REHEARSE: {MEMBER, MANAGER, ADMIN},
    Permission.CHOOSE_FIRST_CHANNEL: {MEMBER, MANAGER, ADMIN},
    Permission.CONFIGURE: {MANAGER, ADMIN},
    Permission.HALT: {MANAGER, ADMIN},
    Permission.APPOINT: {ADMIN},
}


@pytest.mark.parametrize("role", Role, ids=lambda role: role.name)
@pytest.mark.parametrize("permission", Permission)
def test_each_permission_is_for_these_roles_and_nobody_else(permission, role):
    assert may(role, permission) == (role in NOBODY_ELSE[permission])


def test_guests_and_external_people_may_nothing_but_answer():
    assert not any(may(OUTSIDER, permission) for permission in Permission)
