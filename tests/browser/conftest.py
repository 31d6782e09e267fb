"""A person at a browser, before the demo's page."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, async_playwright

from tests.demo.conftest import demo  # noqa: F401 - a fixture
from tests.demo.process import Demo
from tests.gallery.camera import CHROMIUM, QUIET


@pytest.fixture
async def page(demo: Demo) -> AsyncIterator[Page]:  # noqa: F811
    if not CHROMIUM.exists():
        pytest.skip(f"there is no browser at {CHROMIUM}: `make browser`")
    await demo.ready()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        page = await browser.new_page(viewport={"width": 1400, "height": 900})
        await page.goto(demo.url)
        yield page
        await browser.close()
