"""`nps-bot demo` says what is in its way; tests/demo starts it."""

import socket

from tests.cli.conftest import CommandLine


async def test_a_port_that_is_taken_is_named(nps_bot: CommandLine):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        outcome = await nps_bot.run("demo", "--no-browser", f"--port={port}")
    assert outcome.code == 2
    assert f"Port {port} is taken" in outcome.said
