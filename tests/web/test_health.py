"""Alive and ready: what an orchestrator asks, and when the answer is no."""

from collections.abc import AsyncIterator

import pytest

from tests import databases
from tests.fake_slack import FakeSlack
from tests.house import House, open_house
from tests.waiting import until
from tests.web.conftest import FORM, JSON, Knocker, click


@pytest.fixture
async def socket_house(slack: FakeSlack, sqlite_url: str) -> AsyncIterator[House]:
    """A bot over Socket Mode, on SQLite."""
    async with open_house(slack, sqlite_url, "socket") as house:
        yield house


async def asked(house: House, page: str) -> tuple[int, object]:
    async with house.bot.http.get(f"http://127.0.0.1:{house.bot.port}/{page}") as answer:
        return answer.status, await answer.json()


@pytest.mark.parametrize("page", ["healthz", "readyz"])
async def test_a_bot_at_work_is_alive_and_ready(house: House, page: str) -> None:
    assert await asked(house, page) == (200, {"ok": True})


async def test_without_its_database_it_is_alive_but_not_ready(slack: FakeSlack, postgres: str, worker_id: str) -> None:
    url = await databases.copy_template(postgres, f"{databases.TEMPLATE}_{worker_id}")
    async with open_house(slack, url, "http") as house:
        await databases.drop(url)
        assert await asked(house, "readyz") == (503, {"ok": False})
        assert await asked(house, "healthz") == (200, {"ok": True})


async def test_without_a_websocket_it_is_alive_but_not_ready(socket_house: House) -> None:
    slack = socket_house.slack
    slack.fail_next("apps.connections.open", "internal_error", times=1000)
    await slack.sockets.close()
    await until(lambda: _is_unready(socket_house), "the bot to notice")
    assert await asked(socket_house, "healthz") == (200, {"ok": True})


async def test_it_is_ready_while_one_of_two_websockets_is_there(socket_house: House) -> None:
    await until(lambda: socket_house.slack.sockets.count == 2, "two connections")
    assert await asked(socket_house, "readyz") == (200, {"ok": True})


@pytest.mark.parametrize("body", [b"", b'{"type": "url_verification", "challenge": "c"}', b"ssl_check=1"])
@pytest.mark.parametrize("content_type", [FORM, JSON])
async def test_over_socket_mode_nobody_comes_in_by_http(socket_house: House, body: bytes, content_type: str) -> None:
    knocker = Knocker(socket_house.slack)
    socket_house.slack.app_url = f"http://127.0.0.1:{socket_house.bot.port}"
    assert await knocker.signed(body, content_type) == 401
    assert await knocker.raw(body, {"Content-Type": content_type}) == 401
    assert await knocker.payload(click()) == 401


async def _is_unready(house: House) -> bool:
    return await asked(house, "readyz") == (503, {"ok": False})
