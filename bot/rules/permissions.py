"""Who may do what: admins everything, managers the surveys, members ask and read, guests and external people answer."""

from enum import IntEnum, StrEnum


class Role(IntEnum):
    """Higher may do all that lower may."""

    OUTSIDER = 0  # guests and external people
    MEMBER = 1
    MANAGER = 2
    ADMIN = 3


class Permission(StrEnum):
    ASK = "ask"
    READ = "read"
    FOLLOW_UP = "follow_up"
    REHEARSE = "rehearse"
    CHOOSE_FIRST_CHANNEL = "choose_first_channel"
    CONFIGURE = "configure"
    HALT = "halt"
    APPOINT = "appoint"


NEEDS = {
    Permission.ASK: Role.MEMBER,
    Permission.READ: Role.MEMBER,
    Permission.FOLLOW_UP: Role.MEMBER,
    Permission.REHEARSE: Role.MEMBER,
    Permission.CHOOSE_FIRST_CHANNEL: Role.MEMBER,
    Permission.CONFIGURE: Role.MANAGER,
    Permission.HALT: Role.MANAGER,
    Permission.APPOINT: Role.ADMIN,
}


def may(role: Role, permission: Permission) -> bool:
    return role >= NEEDS[permission]
