"""`nps-bot demo` as a process of its own."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

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
        command = [sys.executable, "-m", "bot", "demo", "--no-browser", f"--port={self.port}", *options]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603
                [*command, f"--folder={self.folder / 'demo'}"],
                cwd=self.folder,
                env=environment({"LOCAL_SLACK": str(binary())}),
                stdout=log,
                stderr=log,
            )

    @property
    def said(self) -> str:
        return self._log.read_text()

    async def is_ready(self) -> bool:
        assert self._process.poll() is None, self.said
        return "Ctrl-C" in self.said

    async def interrupt(self) -> int:
        self._process.send_signal(signal.SIGINT)
        return await asyncio.to_thread(self._process.wait, 15)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    async def ready(self) -> None:
        await until(self.is_ready, f"the demo to be ready: {self.said}", within=40)
