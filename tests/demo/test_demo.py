"""`nps-bot demo` as somebody starts it for a first look, and ends it."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo import company
from bot.demo.company import ANA, BO, CY, HELP, HELP_ALERTS, SAM, YUI
from tests.live.bot_process import environment, free_port, status
from tests.live.local_slack import Visitors, binary
from tests.waiting import until

COMMENT = "It stopped again at eighty per cent."


@pytest.fixture(autouse=True)
def _is_there() -> None:
    if not binary().exists():
        pytest.skip(f"local-slack is not on this machine ({binary()}): `make setup`, or name it in LOCAL_SLACK")


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


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    demo = Demo(tmp_path)
    demo.start()
    yield demo
    demo.kill()


async def ready(demo: Demo) -> None:
    await until(demo.is_ready, f"the demo to be ready: {demo.said}", within=40)


async def answer_as_ana(slack: Visitors) -> None:
    card = await slack.message(HELP, "How likely are you")
    await slack.click(ANA.user_id, card, "score_3")
    await slack.modal("Thank you")
    await slack.submit(ANA.user_id, {"comment": COMMENT, "reply": ["yes"]})
    await slack.message(HELP_ALERTS, COMMENT)


async def test_the_tour_can_be_walked_ended_and_gone_on_with(demo: Demo):
    await ready(demo)
    assert demo.url in demo.said
    async with Visitors(demo.url) as slack:
        await slack.nps(BO.user_id)
        assert SAM.name in str(await slack.whisper(BO.user_id, "customers are waiting"))
        await answer_as_ana(slack)
        await slack.nps(ANA.user_id)
        await slack.whisper(ANA.user_id, "Guests and people from other companies can answer")
        await slack.dm(YUI.user_id, company.NAME)
    assert await demo.interrupt() == 0
    assert await status(demo.url) is None

    demo.start()
    await ready(demo)
    assert "You have answered as Ana Ruiz before" in demo.said
    async with Visitors(demo.url) as slack:
        alert = await slack.message(HELP_ALERTS, COMMENT)
        await slack.click(CY.user_id, alert, "claim")
        await slack.message(HELP_ALERTS, f"<@{CY.user_id}> takes care of it")
        await slack.dm(YUI.user_id, company.NAME)
    assert await demo.interrupt() == 0

    demo.start("--reset")
    await ready(demo)
    async with Visitors(demo.url) as slack:
        await slack.message(HELP, "How likely are you")
    assert await demo.interrupt() == 0
    assert "Traceback" not in demo.said
