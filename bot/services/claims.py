"""Claims: which account has which mail domain and Slack workspace. Two accounts with one would recognise nobody."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.services.rows import Because, Row


@dataclass
class Claims:
    """Who has what, while a file of accounts is read; `currency` is what all of them are counted in."""

    currency: str | None = None
    _by_domain: dict[str, str] = field(default_factory=dict)
    _by_team: dict[str, str] = field(default_factory=dict)
    _domains: dict[str, Sequence[str]] = field(default_factory=dict)

    def objection(self, row: Row, workspace_id: str) -> tuple[Because, str, str] | None:
        """What speaks against this account; None: it has from now on what it claims."""
        name, team_id, currency = row.given["name"], row.given.get("team_id"), row.given.get("currency")
        if currency and self.currency and currency != self.currency:
            return Because.CURRENCY, currency, self.currency
        if team_id == workspace_id:
            return Because.OWN_TEAM, team_id, ""
        if team_id and self._by_team.get(team_id, name) != name:
            return Because.TEAM_TAKEN, team_id, self._by_team[team_id]
        for domain in row.given.get("domains", ()):
            if self._by_domain.get(domain, name) != name:
                return Because.DOMAIN_TAKEN, domain, self._by_domain[domain]
        self.currency = self.currency or currency
        self.note(name, team_id=team_id, domains=row.given.get("domains"))
        return None

    def note(self, name: str, *, team_id: str | None, domains: Sequence[str] | None) -> None:
        """`domains` None: what it had it keeps."""
        if team_id:
            self._by_team[team_id] = name
        if domains is None:
            return
        for domain in self._domains.pop(name, ()):
            del self._by_domain[domain]
        if domains:
            self._domains[name] = domains
            self._by_domain |= dict.fromkeys(domains, name)
