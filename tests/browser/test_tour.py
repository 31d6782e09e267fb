"""The tour as it is printed, by real clicks in a real browser."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from bot.demo.company import ADA, ANA, BO, CY

pytestmark = pytest.mark.asyncio(loop_scope="module")
COMMENT = "It stopped again at eighty per cent."


async def test_the_tour_by_real_clicks(page: Page) -> None:
    await act_as(page, BO.name)
    await go_to(page, "general")
    await type_there(page, "/nps")
    await expect(message(page, "customers are waiting")).to_contain_text("NPS")

    await act_as(page, ANA.name)
    await answer_in_thread(page)
    thread = page.locator(".thread-pane")
    await expect(thread).to_contain_text("Your answer went privately to Northwind")
    await expect(thread.get_by_role("button", name="3", exact=True)).to_have_count(0)

    await act_as(page, CY.name)
    await go_to(page, "help-alerts")
    alert = message(page, COMMENT)
    await alert.get_by_role("button", name="I'll take it").click()
    await expect(alert).to_contain_text(f"{CY.name} takes care of it")
    await resolve(page, alert)
    await expect(alert).to_contain_text("Resolved by")

    await type_there(page, "/nps detractors")
    await expect(message(page, "newest first")).to_contain_text(COMMENT)


async def test_an_emoji_asks_by_real_clicks(page: Page) -> None:
    await act_as(page, BO.name)
    await go_to(page, "help")
    question = message(page, "When I import contacts")
    await question.hover()
    await question.get_by_title("Add reaction").click()
    await page.locator(".emoji-option").last.click()
    await expect(question).to_contain_text("3 replies")
    await question.get_by_text("replies").click()
    await expect(page.locator(".thread-pane")).to_contain_text("Wie wahrscheinlich ist es, dass Sie Northwind")


async def test_home_by_real_clicks(page: Page) -> None:
    await act_as(page, ADA.name)
    await go_to(page, "nps")
    home = page.locator(".home")
    await expect(home).to_contain_text("Three steps, and you are live")
    await home.get_by_role("button", name="Edit").first.click()
    await expect(page.locator(".modal")).to_contain_text("#customer-alerts")
    await page.locator(".modal-foot").get_by_text("Cancel").click()

    await act_as(page, ANA.name)
    await expect(home).to_contain_text("What we keep about you")
    await expect(home).not_to_contain_text("NPS")
    await home.get_by_role("button", name="Don't ask again").click()
    await expect(home).to_contain_text("You will not be asked again.")
    await home.get_by_role("button", name="You may ask me again").click()
    await expect(home.get_by_role("button", name="Don't ask again")).to_be_visible()


async def act_as(page: Page, name: str) -> None:
    menu = page.locator(".actas select")
    label = await menu.locator("option", has_text=name).text_content()
    await menu.select_option(label=label or name)


async def go_to(page: Page, place: str) -> None:
    """A channel, or the app."""
    await page.locator(".sidebar-item", has_text=re.compile(rf"^\W*{place}\W*$")).click()


async def type_there(page: Page, text: str) -> None:
    await page.locator("textarea").first.fill(text)
    await page.keyboard.press("Enter")


def message(page: Page, containing: str) -> Locator:
    return page.locator(".msg", has_text=containing)


async def answer_in_thread(page: Page) -> None:
    await go_to(page, "help")
    await message(page, "Our Monday export has been stuck").get_by_text("replies").click()
    await page.locator(".thread-pane").get_by_role("button", name="3", exact=True).click()
    window = page.locator(".modal")
    await window.locator("input.bk-plain-input").fill(COMMENT)
    await window.get_by_text("I'd like a reply").click()
    await window.get_by_text("Send").click()
    await expect(window).to_have_count(0)


async def resolve(page: Page, alert: Locator) -> None:
    await alert.get_by_role("button", name="Resolve").click()
    window = page.locator(".modal")
    await window.get_by_text("Fixed", exact=True).click()
    await window.locator("select").select_option(label="Product")
    await window.locator("input.bk-plain-input").fill("Raised the time-out to ten minutes.")
    await window.locator(".modal-foot button.primary").click()
