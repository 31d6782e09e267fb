"""
Who is staff: every full member; or, once a workspace has named its staff, whom it named, and whoever runs the bot.

A community names them since its customers are full members too; others since their contractors are guests.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """What Slack says of somebody. `is_external`: belongs to another company; `is_admin`: of this workspace."""

    user_id: str
    is_guest: bool = False
    is_external: bool = False
    is_admin: bool = False


@dataclass(frozen=True)
class Named:
    """Whom a workspace calls staff: by name, or as a member of its user group; and whom it appointed to run the bot."""

    listed: AbstractSet[str] = frozenset()
    grouped: AbstractSet[str] = frozenset()
    appointed: AbstractSet[str] = frozenset()


def is_staff(person: Standing, named: Named | None) -> bool:
    """`named` None: the workspace has named nobody. Another company's people are staff by name only."""
    is_full_member = not (person.is_guest or person.is_external)
    if named is None:
        return is_full_member
    if person.user_id in named.listed:
        return True
    if person.is_external:
        return False
    runs_the_bot = person.is_admin or person.user_id in named.appointed  # nobody locks themselves out
    return person.user_id in named.grouped or (is_full_member and runs_the_bot)
