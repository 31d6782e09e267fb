"""An audience: where the people a schedule asks come from, and which of them it asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Audience:
    """
    Sources are joined with "or": members of channels, members of user groups; without any, everybody known.

    Filters all hold; one that names nothing lets everybody through.
    """

    channels: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    accounts: tuple[int, ...] = ()
    segments: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    is_decision_makers_only: bool = False
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_sources(self) -> bool:
        return bool(self.channels or self.groups)


@dataclass(frozen=True)
class Traits:
    """What the filters look at in one person."""

    account_id: int | None = None
    segment: str | None = None
    role: str | None = None
    is_decision_maker: bool = False
    properties: Mapping[str, str] = field(default_factory=dict)


def admits(audience: Audience, person: Traits) -> bool:
    """Whether the filters let this person through."""
    return (
        _is_among(person.account_id, audience.accounts)
        and _is_among(person.segment, audience.segments)
        and _is_among(person.role, audience.roles)
        and (person.is_decision_maker or not audience.is_decision_makers_only)
        and audience.properties.items() <= person.properties.items()
    )


def properties_of(lines: str) -> dict[str, str] | None:
    """Typed as `key=value`, one a line; None when a line is something else."""
    pairs = [line.partition("=") for line in lines.splitlines() if line.strip()]
    if not all(key.strip() and sign and value.strip() for key, sign, value in pairs):
        return None
    return {key.strip(): value.strip() for key, _, value in pairs}


def kept(audience: Audience) -> dict[str, list[str]]:
    """As a row keeps it: lists of words by name."""
    found = {
        "channels": list(audience.channels),
        "groups": list(audience.groups),
        "accounts": [str(each) for each in audience.accounts],
        "segments": list(audience.segments),
        "roles": list(audience.roles),
        "properties": [f"{key}={value}" for key, value in audience.properties.items()],
        "decision_makers": ["only"] if audience.is_decision_makers_only else [],
    }
    return {name: words for name, words in found.items() if words}


def read(words: Mapping[str, Iterable[str]]) -> Audience:
    """The audience a row keeps."""
    lists = {name: tuple(found) for name, found in words.items()}
    return Audience(
        channels=lists.get("channels", ()),
        groups=lists.get("groups", ()),
        accounts=tuple(int(each) for each in lists.get("accounts", ())),
        segments=lists.get("segments", ()),
        roles=lists.get("roles", ()),
        is_decision_makers_only="decision_makers" in lists,
        properties=properties_of("\n".join(lists.get("properties", ()))) or {},
    )


def _is_among(found: object, wanted: tuple[object, ...]) -> bool:
    return not wanted or found in wanted
