"""`nps-bot demo` as a process of its own."""

import os
import signal
from pathlib import Path

from tests.live import forks
from tests.live.bot_process import environment, free_port
from tests.live.local_slack import binary
from tests.waiting import until


class Demo:
    """A process of its own."""

    def __init__(self, folder: Path) -> None:
        self.port, self.folder = free_port(), folder
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = folder / "said.txt"

    def start(self, *options: str) -> None:
        words = ("demo", "--no-browser", f"--port={self.port}", f"--folder={self.folder / 'demo'}", *options)
        self._log.unlink(missing_ok=True)
        self._process = forks.launch(self.folder, environment({"LOCAL_SLACK": str(binary())}), self._log, words)

    @property
    def said(self) -> str:
        return self._log.read_text() if self._log.exists() else ""

    async def ready(self) -> None:
        await until(self._is_ready, f"the demo to be ready: {self.said}", within=40)

    async def interrupt(self) -> int | None:
        """Ctrl-C; returns the exit code once it is gone."""
        os.kill(self._process.pid or 0, signal.SIGINT)
        await until(lambda: not self._process.is_alive(), f"the demo to end: {self.said}", within=15)
        return self._process.exitcode

    async def stop(self) -> None:
        """For whatever is left of it: what it started goes with it."""
        if self._process.is_alive():
            await self.interrupt()

    @property
    def has_started_slack(self) -> bool:
        return (self.folder / "demo/local-slack.log").exists()

    async def _is_ready(self) -> bool:
        assert self._process.is_alive(), self.said
        return "Ctrl-C" in self.said
