"""The tour as it is printed, by real clicks in a real browser."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from bot.demo.company import ADA, ANA, BO, CY, NUR, SAM, YUI

pytestmark = pytest.mark.asyncio(loop_scope="module")
COMMENT = "It stopped again at eighty per cent."
REPLY, BACK = "I have raised the limit. Does it run through now?", "It does. But why did it stop twice?"


async def test_the_tour_by_real_clicks(page: Page) -> None:
    await act_as(page, BO.name)
    await go_to(page, "general")
    await type_there(page, "/nps")
    await expect(message(page, "customers are waiting")).to_contain_text("NPS")
    await look_at_every_number(page)

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
    await reply_privately(page, alert)
    await expect(alert).to_contain_text("First reply")

    await act_as(page, ANA.name)
    await write_back(page)

    await act_as(page, CY.name)
    await go_to(page, "help-alerts")
    await alert.get_by_text("replies").click()
    await expect(thread).to_contain_text(BACK)
    await log_a_call(page, alert)
    await expect(thread).to_contain_text(f"{CY.name} called {ANA.name}.")
    await put_off(page, alert)
    await expect(alert).to_contain_text("Put off until")
    await resolve(page, alert)
    await expect(alert).to_contain_text("Resolved by")

    await type_there(page, "/nps follow-ups")
    await expect(message(page, "3 follow-ups")).to_contain_text(SAM.name)
    await type_there(page, "/nps digest")
    await expect(message(page, "finished asks answered")).to_contain_text(NUR.name)
    await type_there(page, "/nps recovery")
    await expect(message(page, "Recovery, last 365 days")).to_contain_text("recovered")
    await type_there(page, "/nps favours")
    await expect(message(page, "Favours of happy customers")).to_contain_text("May we quote you?")
    await type_there(page, "/nps detractors")
    await expect(message(page, "newest first")).to_contain_text(COMMENT)


async def test_an_admin_sets_up_a_route_and_a_digest_by_real_clicks(page: Page) -> None:
    await act_as(page, ADA.name)
    await go_to(page, "general")
    await type_there(page, "/nps routes")
    await page.get_by_role("button", name="Add a route").click()
    await choose_in_window(page, "Segment of the account", "enterprise")
    await choose_in_window(page, "Channel", "#customer-alerts")
    await send(page)
    await page.locator(".main .bk-overflow", has_text="Send a test").select_option(label="Send a test")
    await expect(message(page, "A test goes to")).to_contain_text("#customer-alerts")

    await type_there(page, "/nps digest setup")
    await page.get_by_role("button", name="New digest").click()
    await choose_in_window(page, "Channel", "#customer-alerts")
    await page.locator(".modal").get_by_text("enterprise", exact=True).click()
    await send(page)
    await expect(message(page, "The digest goes to")).to_contain_text("#customer-alerts")


async def test_somebody_may_answer_by_typing_too(page: Page) -> None:
    await act_as(page, YUI.name)
    await go_to(page, f"{re.escape(YUI.name)}.*")
    await type_there(page, "9, love it")
    await expect(message(page, "コメントは「love it」です")).to_contain_text("9点")


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
    return page.locator(".main .msg", has_text=containing)


async def look_at_every_number(page: Page) -> None:
    for typed, title, found in (
        ("trend", "NPS by month", "higher by"),
        ("by segment", "By segment: relationship", "higher than the others"),
        ("reasons", "Why people do not recommend us", "Speed"),
        ("accounts", "Renews within 90 days", "unknown"),
        ("silent", "3 silent accounts", "Ironbridge Steel"),
        ("compare enterprise vs small", "relationship, enterprise", "No clear difference."),
    ):
        await type_there(page, f"/nps {typed}")
        await expect(message(page, title)).to_contain_text(found)


async def answer_in_thread(page: Page) -> None:
    await go_to(page, "help")
    await message(page, "Our Monday export has been stuck").get_by_text("replies").click()
    await page.locator(".thread-pane").get_by_role("button", name="3", exact=True).click()
    window = page.locator(".modal")
    await window.locator("input.bk-plain-input").fill(COMMENT)
    await window.get_by_text("I'd like a reply").click()
    await window.get_by_text("Send").click()
    await expect(window).to_have_count(0)


async def reply_privately(page: Page, alert: Locator) -> None:
    """With a look at the preview, and back to the words."""
    await alert.get_by_role("button", name="Reply privately").click()
    window, words = page.locator(".modal"), page.locator(".modal input.bk-plain-input")
    await words.fill("I have")
    await send(page)
    await expect(window).to_contain_text(f"By direct message, {ANA.name} sees this:")
    await window.get_by_text("Back", exact=True).click()
    await expect(words).to_have_value("I have")
    await words.fill(REPLY)
    await send(page)
    await expect(window).to_contain_text(REPLY)
    await send(page)
    await expect(window).to_have_count(0)


async def write_back(page: Page) -> None:
    await go_to(page, f"{ANA.name}.*")
    await message(page, REPLY).get_by_role("button", name="Reply", exact=True).click()
    window = page.locator(".modal")
    await window.locator("input.bk-plain-input").fill(BACK)
    await send(page)
    await expect(window).to_contain_text("Your words went privately to Northwind")
    await window.get_by_text("Close", exact=True).click()


async def log_a_call(page: Page, alert: Locator) -> None:
    """The dots alone open nothing."""
    await alert.locator(".bk-overflow").select_option(label="Put off")
    await page.locator(".modal-foot").get_by_text("Cancel").click()
    await alert.locator(".bk-overflow").select_option(value="")
    await alert.locator(".bk-overflow").select_option(label="Log a contact")
    await page.locator(".modal").get_by_text("Call", exact=True).click()
    await page.locator(".modal input.bk-plain-input").fill("Went through it on the phone.")
    await send(page)


async def put_off(page: Page, alert: Locator) -> None:
    """Until tomorrow, as the window proposes."""
    await alert.locator(".bk-overflow").select_option(label="Put off")
    await expect(page.locator(".modal input[type=date]")).not_to_have_value("")
    await send(page)


async def choose_in_window(page: Page, label: str, option: str) -> None:
    field = page.locator(".modal .bk-input", has=page.locator(".bk-label", has_text=re.compile(f"^{label}$")))
    await field.locator("select").select_option(label=option)


async def send(page: Page) -> None:
    await page.locator(".modal-foot button.primary").click()


async def resolve(page: Page, alert: Locator) -> None:
    await alert.get_by_role("button", name="Resolve").click()
    window = page.locator(".modal")
    await window.get_by_text("Fixed", exact=True).click()
    await window.locator("select").select_option(label="Product")
    await window.locator("input.bk-plain-input").fill("Raised the time-out to ten minutes.")
    await send(page)
