"""Photographs of pages, by Debian's Chromium: several at a time, and nothing is fetched."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

from playwright.async_api import Browser, async_playwright

CHROMIUM = Path("/usr/bin/chromium")
MISSING = (
    "Chromium is missing. On Debian, install it with its fonts: "
    "apt-get install chromium fonts-lato fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji"
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TABS = 3


def photograph(pages: Iterable[Path], folder: Path, *, scale: float) -> list[Path]:
    """One picture for each page, of its `main`."""
    if not CHROMIUM.exists():
        raise SystemExit(MISSING)
    return asyncio.run(_all(list(pages), folder, scale))


async def _all(pages: list[Path], folder: Path, scale: float) -> list[Path]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        taken = await asyncio.gather(*(_some(browser, pages[tab::TABS], folder, scale) for tab in range(TABS)))
        await browser.close()
    return [picture for some in taken for picture in some]


async def _some(browser: Browser, pages: list[Path], folder: Path, scale: float) -> list[Path]:
    context = await browser.new_context(
        device_scale_factor=scale, java_script_enabled=False, offline=True, viewport={"width": 800, "height": 900}
    )
    tab, taken = await context.new_page(), []
    for page in pages:
        await tab.goto(page.resolve().as_uri())
        taken.append(folder / f"{page.stem}.png")
        await tab.locator("main").screenshot(path=taken[-1])
    return taken
