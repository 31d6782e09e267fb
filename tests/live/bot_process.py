"""The bot as operators run it: `nps-bot serve`, a process of its own with its settings in the environment."""

import os
import random
import socket
from collections.abc import Mapping
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Self

import aiohttp

from tests.live import forks
from tests.waiting import until

ROOT = Path(__file__).parents[2]
PORTS = range(20_000, 30_000)  # below those that outgoing connections are given
START_SECONDS, STOP_SECONDS = 30.0, 15.0
LONGEST_LOOK = aiohttp.ClientTimeout(total=2)


class BotProcess:
    """One process at a time; after it ended it may be started again, on the same database and port."""

    def __init__(
        self, folder: Path, settings: Mapping[str, str], *, port: int | None = None, name: str = "bot"
    ) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder, self._log = folder, folder / f"{name}.log"
        self._environment = environment({"PORT": str(self.port), **settings})
        self._process: ForkServerProcess | None = None

    @property
    def pid(self) -> int:
        return self._running().pid

    @property
    def said(self) -> str:
        """Everything it ever wrote to stderr and stdout, all starts together."""
        return self._log.read_text() if self._log.exists() else ""

    async def start(self) -> Self:
        """Until it says that it can do its work."""
        self.launch()
        await until(self.is_ready, f"the bot to be ready: {self.said}", within=START_SECONDS)
        return self

    def launch(self) -> None:
        assert self._process is None, "it runs already"
        self._process = forks.launch(self._folder, self._environment, self._log)

    async def is_ready(self) -> bool:
        assert self._running().is_alive(), f"the bot ended instead of starting:\n{self.said}"
        return await status(f"{self.url}/readyz") == 200

    def terminate(self) -> None:
        """Ask it to stop, as an orchestrator does."""
        self._running().terminate()

    async def ended(self) -> int | None:
        """Wait until it is gone; returns its exit code."""
        process = self._running()
        await until(lambda: not process.is_alive(), f"the bot to end:\n{self.said}", within=STOP_SECONDS)
        self._process = None
        return process.exitcode

    async def stop(self) -> None:
        """SIGTERM, and everything in hand finished."""
        self.terminate()
        assert await self.ended() == 0, self.said

    def kill(self) -> None:
        """SIGKILL: not one more line of it runs. Does nothing when it is gone already."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        self.kill()

    def _running(self) -> ForkServerProcess:
        assert self._process is not None, "it does not run"
        return self._process


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Nothing of this machine but what Python needs to find itself."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "SYSTEMROOT") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "HOST": "127.0.0.1", **settings}


def free_port() -> int:
    """A port of this machine nobody listens on."""
    for port in random.SystemRandom().sample(PORTS, 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise AssertionError("every port that was tried is taken")


async def status(url: str) -> int | None:
    """The HTTP status of a page; None when nobody answers."""
    try:
        async with aiohttp.ClientSession(timeout=LONGEST_LOOK) as session, session.get(url) as response:
            return response.status
    except (TimeoutError, aiohttp.ClientError):
        return None
