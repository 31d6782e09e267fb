"""Asked, answered, alerted, looked after and reported, by the process operators run, in a Slack nobody here wrote."""

from tests.live.conftest import Stage
from tests.live.local_slack import ADA, ALERTS, ANA, BO, CY, HELP, KIM, LocalSlack

COMMENT = "Exports time out every Monday."
NOTE = "Raised the time-out to ten minutes."


async def test_an_unhappy_answer_in_a_thread_is_looked_after_and_reported(stage: Stage) -> None:
    slack = stage.slack
    await slack.nps(BO)
    await slack.whisper(BO, "No answers yet")
    await choose_alert_channel(slack)
    await ask_in_thread(slack)
    await answer(slack, ANA, await slack.message(HELP, "How likely are you"), "score_4")
    assert "4" not in await everything_in(slack, HELP)

    alert = await slack.message(ALERTS, COMMENT)
    await slack.click(CY, alert, "claim")
    alert = await slack.message(ALERTS, f"<@{CY}> takes care of it")
    await resolve(slack, alert)

    await slack.nps(BO)
    await slack.whisper(BO, "1 detractor")
    await slack.nps(BO, "detractors")
    await slack.whisper(BO, COMMENT)


async def test_a_happy_answer_by_direct_message_is_thanked_and_bothers_nobody(stage: Stage) -> None:
    slack = stage.slack
    await choose_alert_channel(slack)
    await slack.nps(BO, f"ask <@{KIM}|kim>")
    await slack.whisper(BO, f"I am asking <@{KIM}>")
    await slack.click(KIM, await slack.dm(KIM, "How likely are you"), "score_9")
    await slack.dm(KIM, "Your score is 9")
    await slack.nps(BO)
    await slack.whisper(BO, "1 promoter")
    assert await slack.messages(ALERTS) == []


async def test_the_log_of_a_process_at_work_holds_nobodys_words_names_or_tokens(stage: Stage) -> None:
    slack = stage.slack
    await choose_alert_channel(slack)
    await slack.nps(BO, f"ask <@{KIM}|kim>")
    await slack.click(KIM, await slack.dm(KIM, "How likely are you"), "score_1")
    await slack.modal("Thank you")
    await slack.submit(KIM, {"comment": "The lighthouse is dark."})
    await slack.message(ALERTS, "The lighthouse is dark.")
    assert "delivery_settled" in stage.bot.said
    private = ("lighthouse", "Kim", "Weiss", "kim@", "Bo Lind", "xoxb-live", "xapp-live", "live-secret")
    assert [word for word in private if word in stage.bot.said] == []


async def choose_alert_channel(slack: LocalSlack) -> None:
    await slack.nps(ADA)
    await slack.choose(ADA, await slack.whisper(ADA, "Where shall your team see them?"), "first_channel", ALERTS)
    await slack.whisper(ADA, f"Alerts go to <#{ALERTS}>")


async def ask_in_thread(slack: LocalSlack) -> None:
    ts = await slack.say(ANA, HELP, "My export is stuck")
    link = f"https://northwind.slack.com/archives/{HELP}/p{ts.replace('.', '')}"
    await slack.nps(BO, f"ask <@{ANA}|ana> {link}")
    card = await slack.message(HELP, "How likely are you")
    assert card["thread_ts"] == ts


async def answer(slack: LocalSlack, user: str, card: dict[str, object], score: str) -> None:
    await slack.click(user, card, score)
    await slack.modal("Thank you")
    await slack.submit(user, {"comment": COMMENT, "solved": "partly", "reply": ["yes"]})
    await slack.message(HELP, "Your answer went privately")


async def resolve(slack: LocalSlack, alert: dict[str, object]) -> None:
    await slack.click(CY, alert, "resolve")
    await slack.modal("Resolve")
    await slack.submit(CY, {"outcome": "fixed", "root_cause": "product", "note": NOTE})
    await slack.message(ALERTS, NOTE)


async def everything_in(slack: LocalSlack, channel: str) -> str:
    """What a reader of the channel sees, ids left out."""
    return " ".join(message["text"] for message in await slack.messages(channel))
