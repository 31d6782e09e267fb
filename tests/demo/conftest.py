"""A demo that runs, and is gone afterwards."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.demo.process import Demo
from tests.live.local_slack import binary


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    if not binary().exists():
        pytest.skip(f"local-slack is not on this machine ({binary()}): `make setup`, or name it in LOCAL_SLACK")
    demo = Demo(tmp_path)
    demo.start()
    yield demo
    await demo.stop()
