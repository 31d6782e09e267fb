"""Photographs by Debian's Chromium: a sheet holds many drawings, and each is cut out. Nothing is fetched."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

CHROMIUM = Path("/usr/bin/chromium")
MISSING = "Chromium is missing: `make browser` installs it, or names its packages."
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TABS = 2
WIDTH, HEIGHT = 800, 900
BOXES = (
    "all => all.map(one => [one.id, ...['left', 'top', 'right', 'bottom'].map(at => one.getBoundingClientRect()[at])])"
)


def photograph(sheets: Iterable[Path], folder: Path, *, scale: float, colours: int | None = None) -> list[Path]:
    """One picture for each drawing, with a palette of so many colours."""
    if not CHROMIUM.exists():
        raise SystemExit(MISSING)
    folder.mkdir(parents=True, exist_ok=True)
    return asyncio.run(_in_tabs([sheet.resolve().as_uri() for sheet in sheets], _Film(folder, scale, colours)))


@dataclass(frozen=True)
class _Film:
    """How pictures are kept."""

    folder: Path
    scale: float
    colours: int | None

    def keep(self, sheet: Image.Image, name: str, *box: float) -> Path:
        picture = sheet.crop(tuple(int(self.scale * edge) for edge in box))  # type: ignore[arg-type]
        if self.colours:
            picture = picture.quantize(self.colours, dither=Image.Dither.NONE)
        path = self.folder / f"{name}.png"
        picture.save(path, optimize=self.colours is not None)
        return path


async def _in_tabs(sheets: list[str], film: _Film) -> list[Path]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        taken = await asyncio.gather(*(_in_tab(browser, sheets[tab::TABS], film) for tab in range(TABS)))
        await browser.close()
    return [picture for some in taken for picture in some]


async def _in_tab(browser: Browser, sheets: list[str], film: _Film) -> list[Path]:
    viewport = {"width": WIDTH, "height": HEIGHT}
    tab = await browser.new_page(
        device_scale_factor=film.scale, java_script_enabled=False, offline=True, viewport=viewport
    )
    return [picture for sheet in sheets for picture in await _taken(tab, sheet, film)]


async def _taken(tab: Page, sheet: str, film: _Film) -> list[Path]:
    await tab.goto(sheet)
    boxes = await tab.locator("main").evaluate_all(BOXES)
    whole = Image.open(BytesIO(await tab.screenshot(full_page=True))).convert("RGB")
    return await asyncio.to_thread(lambda: [film.keep(whole, name, *box) for name, *box in boxes])
