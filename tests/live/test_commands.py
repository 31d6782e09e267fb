"""Every word after /nps, typed into a Slack nobody here wrote."""

import pytest
import pytest_asyncio

from tests.live.conftest import Stage
from tests.live.local_slack import ADA, ALERTS, ANA, BO, KIM, LEA, LocalSlack
from tests.live.test_the_whole_loop import choose_alert_channel

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def slack(shared_stage: Stage) -> LocalSlack:
    """Where alerts have a place, nobody has answered yet, and each test asks somebody else."""
    await choose_alert_channel(shared_stage.slack)
    return shared_stage.slack


async def test_a_colleague_rehearses_the_whole_journey_and_nothing_is_counted(slack: LocalSlack) -> None:
    await slack.nps(BO, "try")
    await slack.whisper(BO, "The card is on its way")
    await slack.click(BO, await slack.dm(BO, "Rehearsal"), "score_2")
    await slack.modal("Thank you")
    await slack.submit(BO, {"comment": "Only trying."})
    await slack.message(ALERTS, "Rehearsal: nobody is unhappy")
    await slack.nps(BO)
    await slack.whisper(BO, "No answers yet")


async def test_a_manager_rewords_a_survey_and_the_next_question_has_the_new_words(slack: LocalSlack) -> None:
    await slack.nps(ADA, "surveys")
    await slack.click(ADA, await slack.whisper(ADA, "relationship"), "edit_survey")
    await slack.modal("Edit survey")
    values = {"name": "relationship", "question": "Would you recommend our lighthouse?", "language": "en"}
    await slack.submit(ADA, values | {"alert_channel": ALERTS})
    await slack.whisper(ADA, "is saved")
    await slack.nps(BO, f"ask <@{KIM}|kim>")
    await slack.dm(KIM, "Would you recommend our lighthouse?")


async def test_a_manager_stops_all_asking_and_one_click_undoes_it(slack: LocalSlack) -> None:
    await slack.nps(BO, f"ask <@{LEA}|lea>")
    await slack.dm(LEA, "recommend")
    await slack.nps(ADA, "stop")
    halted = await slack.whisper(ADA, "Asking is stopped")
    await slack.dm(LEA, "This question was taken back")
    await slack.nps(BO, f"ask <@{ANA}|ana>")
    await slack.whisper(BO, f"<@{ADA}>")
    await slack.click(ADA, halted, "lift_halt")
    await slack.dm(LEA, "recommend")


async def test_help_names_every_command_and_an_unknown_word_is_told_the_nearest(slack: LocalSlack) -> None:
    await slack.nps(BO, "help")
    await slack.whisper(BO, "/nps detractors 5")
    await slack.nps(BO, "detracters")
    await slack.whisper(BO, "Did you mean")
