"""
Posting a webhook: signed as Standard Webhooks says, and only to an address that may be reached.

Every address is looked at in the moment a socket is made for it, so a name that means another machine a moment later
leads nowhere new. Redirects are not followed, and of what comes back nothing but the status is read.
"""

import asyncio
import json
import socket
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientSSLError,
    ClientTimeout,
    DummyCookieJar,
    InvalidURL,
    TCPConnector,
)
from aiohttp.abc import AbstractResolver, ResolveResult
from standardwebhooks import Webhook
from yarl import URL

from bot import __version__
from bot.rules.addresses import is_public
from bot.rules.webhooks import TIMEOUT, Answer, Trouble

USER_AGENT = f"nps-bot/{__version__}"
MOST_SECONDS = 10  # digits of a Retry-After worth reading
MOST_LOOKUPS = 40  # as many as all endpoints together may have in hand


class AddressRefused(OSError):  # noqa: N818 - what happens to it, not that it is an error
    """The machine behind a name belongs to an inner network."""


class LookUp(AbstractResolver):
    """The machine's own name server, asked in threads of its own: Slack's name is looked up beside."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(MOST_LOOKUPS, thread_name_prefix="webhooks")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        ask = partial(socket.getaddrinfo, host, port, family, socket.SOCK_STREAM)
        found = await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        return [_result(host, each) for each in found]

    async def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


class Post:
    """An HTTP client for addresses that others chose. `resolver`: another one than the machine's own."""

    def __init__(
        self, *, allows_private: bool, resolver: AbstractResolver | None = None, timeout: timedelta = TIMEOUT
    ) -> None:
        self._allows_private = allows_private
        self._names = resolver or LookUp()
        connector = TCPConnector(
            use_dns_cache=False,
            force_close=True,
            resolver=self._names,
            socket_factory=self._socket,
            limit=0,
        )
        self._http = ClientSession(
            connector=connector,
            cookie_jar=DummyCookieJar(),
            timeout=ClientTimeout(total=timeout.total_seconds()),
            auto_decompress=False,
        )

    async def send(self, url: str, body: str, headers: Mapping[str, str]) -> Answer:
        """Never raises for what the other side does."""
        if not self._allows_private and URL(url).scheme != "https":
            return Answer(trouble=Trouble.UNSAFE)
        try:
            async with self._http.post(URL(url), data=body.encode(), headers=headers, allow_redirects=False) as answer:
                return Answer(answer.status, retry_after=_seconds(answer.headers.get("Retry-After")))
        except TimeoutError:  # aiohttp's own are this too
            return Answer(trouble=Trouble.TIMEOUT)
        except (ClientConnectorCertificateError, ClientSSLError):
            return Answer(trouble=Trouble.UNSAFE)
        except ClientConnectorError as error:
            refused = isinstance(error.os_error, AddressRefused)
            return Answer(trouble=Trouble.PRIVATE if refused else Trouble.UNREACHABLE)
        except (ClientError, InvalidURL, OSError, ValueError):
            return Answer(trouble=Trouble.UNREACHABLE)

    async def close(self) -> None:
        await self._http.close()
        await self._names.close()

    def _socket(self, address: tuple[Any, ...]) -> socket.socket:
        """For this very address and no other. Raises AddressRefused."""
        family, kind, protocol, _, place = address
        if not self._allows_private and not is_public(str(place[0])):
            raise AddressRefused("not a public address")
        return socket.socket(family, kind, protocol)


def body_of(payload: Mapping[str, Any]) -> str:
    """Written once: what is signed is what is sent."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def headers(event_id: str, body: str, secrets: Sequence[str], *, now: datetime) -> dict[str, str]:
    """A signature by each secret, with spaces between."""
    signatures = [Webhook(secret).sign(event_id, now, body) for secret in secrets]
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": USER_AGENT,
        "webhook-id": event_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _result(host: str, found: tuple[Any, ...]) -> ResolveResult:
    family, _, protocol, _, place = found
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return {"hostname": host, "host": place[0], "port": place[1], "family": family, "proto": protocol, "flags": flags}


def _seconds(text: str | None) -> timedelta | None:
    """A Retry-After in seconds; a date is not read."""
    is_number = text is not None and text.isascii() and text.isdecimal() and len(text) <= MOST_SECONDS
    return timedelta(seconds=int(text)) if text and is_number else None
