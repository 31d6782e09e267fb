"""A person at a browser, before the demo's page."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, async_playwright

from tests.demo.process import Demo
from tests.gallery.camera import CHROMIUM, QUIET
from tests.live.local_slack import binary


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def page(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Page]:
    """One demo for all tests of a module, since starting takes seconds."""
    if not binary().exists():
        pytest.skip(f"local-slack is not on this machine ({binary()}): `make setup`, or name it in LOCAL_SLACK")
    if not CHROMIUM.exists():
        pytest.skip(f"there is no browser at {CHROMIUM}: `make browser`")
    demo = Demo(tmp_path_factory.mktemp("demo"))
    demo.start()
    try:
        await demo.ready()
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
            page = await browser.new_page(viewport={"width": 1400, "height": 900})
            await page.goto(demo.url)
            yield page
            await browser.close()
    finally:
        await demo.stop()
