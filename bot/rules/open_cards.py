"""Who may answer a card that is open to the company of the person asked."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Side:
    """A person as Slack and our accounts know them. `team_id`: their home workspace, which is ours for a guest."""

    team_id: str | None
    is_external: bool = False
    is_guest: bool = False
    account_id: int | None = None


def are_of_one_company(asked: Side, other: Side) -> bool:
    """Both from one foreign workspace, or both guests of one account; in doubt they are not."""
    if asked.is_external or other.is_external:
        return asked.is_external and other.is_external and asked.team_id is not None and asked.team_id == other.team_id
    return asked.is_guest and other.is_guest and asked.account_id is not None and asked.account_id == other.account_id
