"""Whose somebody is: the account of their Slack workspace, else of their mail domain, the longest that fits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# Where anybody can have an address: it says nothing about whose they are.
_FREE = """
aol.com daum.net fastmail.com free.fr gmail.com gmx.at gmx.ch gmx.de gmx.net googlemail.com hey.com hotmail.co.uk
hotmail.com hotmail.de hotmail.fr icloud.com laposte.net libero.it live.com mac.com mail.com mail.ru me.com msn.com
naver.com orange.fr outlook.com outlook.de outlook.fr outlook.jp proton.me protonmail.com qq.com rediffmail.com
t-online.de tutanota.com uol.com.br wanadoo.fr web.de yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.br yahoo.de
yahoo.fr yandex.com yandex.ru ymail.com zoho.com 126.com 163.com
"""
FREE_MAIL = frozenset(_FREE.split())


@dataclass(frozen=True)
class Directory:
    """The ids of accounts by what their people are recognised by."""

    by_team: Mapping[str, int]
    by_domain: Mapping[str, int]


def mail_domains(email: str | None) -> Sequence[str]:
    """
    The domains an address belongs to, the longest first: a@eu.beta.example is of eu.beta.example and beta.example.

    None at a free-mail provider; a domain of one word is nobody's.
    """
    domain = (email or "").rpartition("@")[2].lower()
    words = domain.split(".")
    found = [".".join(words[at:]) for at in range(len(words) - 1)]
    return () if FREE_MAIL.intersection(found) else found


def directory(signs: Iterable[tuple[int, str | None, Sequence[str]]]) -> Directory:
    """From each account's id, Slack workspace and mail domains."""
    by_team, by_domain = dict[str, int](), dict[str, int]()
    for account_id, team_id, domains in signs:
        by_team |= {team_id: account_id} if team_id else {}
        by_domain |= dict.fromkeys(domains, account_id)
    return Directory(by_team, by_domain)


def whose(team_id: str | None, email: str | None, known: Directory) -> int | None:
    """The id of the account that somebody of this Slack workspace, with this address, belongs to."""
    by_team = known.by_team.get(team_id or "")
    if by_team is not None:
        return by_team
    return next((known.by_domain[domain] for domain in mail_domains(email) if domain in known.by_domain), None)
