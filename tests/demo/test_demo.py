"""`nps-bot demo` as somebody starts it for a first look, and ends it."""

from bot.demo import company
from bot.demo.company import ANA, BO, CY, HELP, HELP_ALERTS, SAM, YUI
from tests.demo.process import Demo
from tests.live.bot_process import status
from tests.live.local_slack import Visitors
from tests.waiting import until

COMMENT = "It stopped again at eighty per cent."


async def answer_as_ana(slack: Visitors) -> None:
    card = await slack.message(HELP, "How likely are you")
    await slack.click(ANA.user_id, card, "score_3")
    await slack.modal("Thank you")
    await slack.submit(ANA.user_id, {"comment": COMMENT, "reply": ["yes"]})
    await slack.message(HELP_ALERTS, COMMENT)


async def test_the_tour_can_be_walked_ended_and_gone_on_with(demo: Demo):
    await demo.ready()
    assert demo.url in demo.said
    async with Visitors(demo.url) as slack:
        await slack.nps(BO.user_id)
        assert SAM.name in str(await slack.whisper(BO.user_id, "customers are waiting"))
        await slack.nps(CY.user_id, "preview")
        assert "This is what would happen" in str(await slack.whisper(CY.user_id, "the next two weeks"))
        await answer_as_ana(slack)
        await slack.nps(ANA.user_id)
        await slack.whisper(ANA.user_id, "Guests, customers and people from other companies can answer")
        await slack.dm(YUI.user_id, company.NAME)
    assert await demo.interrupt() == 0
    assert await status(demo.url) is None

    demo.start()
    await demo.ready()
    assert "You have answered as Ana Ruiz before" in demo.said
    async with Visitors(demo.url) as slack:
        alert = await slack.message(HELP_ALERTS, COMMENT)
        await slack.click(CY.user_id, alert, "claim")
        await slack.message(HELP_ALERTS, f"<@{CY.user_id}> takes care of it")
        await slack.dm(YUI.user_id, company.NAME)
    assert await demo.interrupt() == 0

    demo.start("--reset")
    await demo.ready()
    async with Visitors(demo.url) as slack:
        await slack.message(HELP, "How likely are you")
    assert await demo.interrupt() == 0
    assert "Traceback" not in demo.said


async def test_ctrl_c_before_it_is_ready_leaves_nothing_either(demo: Demo):
    await until(lambda: demo.has_started_slack, "local-slack to be started", within=30)
    assert await demo.interrupt() == 0
    assert await status(demo.url) is None
    assert "Traceback" not in demo.said
    assert "Everything has stopped." in demo.said
