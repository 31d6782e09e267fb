"""A workflow asks with our step and goes on with the answer; whatever happens it hears of it, once."""

import pytest
from sqlalchemy import func, select

from bot.services import privacy
from storage.models import Base, Contact, Invitation, Withholding, WorkflowStep
from tests.fake_slack import Ack, FakeSlack, Message
from tests.fake_slack.workflows import Step
from tests.house import ADMIN, ALERTS, ANA, BO, HELP, KIM, OTHER, House, open_house, permalink
from tests.small import on_sqlite

STUCK = "Exports time out every Monday."
ANSWERED_A_4 = {"asked": True, "score": 4, "category": "detractor"}
DONE = ("functions.completeSuccess", "functions.completeError")


async def run(house: House, **inputs: str) -> Step:
    """A workflow comes to the step."""
    ack = await house.slack.run_step("ask_for_nps", {"person": ANA, **inputs})
    assert ack.ok, ack
    await house.settle()
    return step_of(house, ack)


def step_of(house: House, ack: Ack) -> Step:
    return house.slack.steps[ack.delivery.payload["event"]["function_execution_id"]]


def dm(house: House, person: str = ANA) -> Message:
    return house.cards(house.slack.dm_of(person))[-1]


def completions(house: House) -> int:
    return len([call for call in house.slack.calls if call.method in DONE])


async def count(house: House, table: type[Base]) -> int:
    async with house.database.reading() as tx:
        return (await tx.execute(select(func.count()).select_from(table))).scalar_one()


# what an answer becomes


async def test_a_workflow_goes_on_with_score_category_and_comment_as_soon_as_the_comment_comes(every_house: House):
    step = await run(every_house, context="Tuesday's export problem")
    assert "about Tuesday's export problem" in dm(every_house).shown
    await every_house.click_score(ANA, dm(every_house), 4)
    await every_house.later(minutes=2)
    assert not step.is_finished
    await every_house.comment(ANA, STUCK)
    assert step.outputs == ANSWERED_A_4 | {"comment": STUCK}


async def test_without_a_comment_a_workflow_goes_on_after_five_minutes(every_house: House):
    step = await run(every_house)
    await every_house.click_score(ANA, dm(every_house), 4)
    await every_house.later(minutes=4)
    assert not step.is_finished
    await every_house.later(minutes=1)
    assert step.outputs == ANSWERED_A_4


async def test_a_workflow_hears_the_score_as_it_stands_when_it_is_told(small_house: House):
    step = await run(small_house)
    await small_house.click_score(ANA, dm(small_house), 4)
    modal = small_house.slack.open_view(ANA)
    async with small_house.database.reading() as tx:
        [invitation_id] = await tx.scalars(select(Invitation.id))
    await small_house.slack.select(ANA, modal, "score_picked", f"{invitation_id}:9")
    await small_house.later(minutes=5)
    assert step.outputs == {"asked": True, "score": 9, "category": "promoter"}


async def test_what_is_answered_after_the_workflow_went_on_is_ours_alone(small_house: House):
    step = await run(small_house)
    await small_house.click_score(ANA, dm(small_house), 4)
    await small_house.later(minutes=6)
    await small_house.comment(ANA, STUCK)
    await small_house.later(hours=1)
    assert step.outputs == ANSWERED_A_4
    assert completions(small_house) == 1


async def test_a_comment_can_call_nobody_wherever_the_workflow_puts_it(small_house: House):
    step = await run(small_house)
    await small_house.click_score(ANA, dm(small_house), 4)
    await small_house.comment(ANA, "<!channel> look, <@U0BO>, 1 < 2")
    assert step.outputs is not None
    assert step.outputs["comment"] == "<\u2060!channel> look, <\u2060@U0BO>, 1 < 2"


async def test_an_unhappy_answer_to_a_workflow_is_alerted_as_any_other(small_house: House):
    await small_house.choose_channel()
    await run(small_house)
    await small_house.click_score(ANA, dm(small_house), 2)
    await small_house.comment(ANA, STUCK)
    assert STUCK in small_house.alerts(ALERTS)[-1].shown
    assert "Asked by" not in small_house.alerts(ALERTS)[-1].shown


# where and what is asked


async def test_in_a_channel_the_usual_survey_after_an_interaction_is_asked(small_house: House):
    await run(small_house, place=HELP)
    assert f"<@{ANA}>" in small_house.cards(HELP)[-1].shown
    async with small_house.database.reading() as tx:
        [invitation] = await tx.scalars(select(Invitation))
    assert (invitation.kind, invitation.trigger, invitation.asked_by) == ("transactional", "workflow", None)


@pytest.mark.parametrize(
    "names_thread", [lambda ts: {"place": HELP, "thread": ts}, lambda ts: {"thread": permalink(HELP, ts)}]
)
async def test_a_thread_is_named_by_a_link_or_by_a_timestamp_with_its_channel(small_house: House, names_thread):
    ts = small_house.slack.say(ANA, HELP, "My export is stuck")
    await run(small_house, **names_thread(ts))
    assert small_house.cards(HELP)[-1].thread_ts == ts


async def test_a_survey_is_named_in_the_step(small_house: House):
    await run(small_house, survey="Support")
    async with small_house.database.reading() as tx:
        assert [each.kind for each in await tx.scalars(select(Invitation))] == ["transactional"]


# no answer


@pytest.mark.parametrize("button", ["wrong_person", "stop_asking"])
async def test_a_workflow_hears_of_a_no(house: House, button: str):
    step = await run(house)
    await house.press(ANA, dm(house), button)
    await house.later(minutes=1)
    assert step.outputs == {"asked": True, "reason": "declined"}


async def test_not_now_is_no_answer_yet(small_house: House):
    step = await run(small_house)
    await small_house.press(ANA, dm(small_house), "not_now")
    await small_house.later(days=6)
    assert not step.is_finished
    await small_house.later(days=1, minutes=1)
    await small_house.click_score(ANA, dm(small_house), 9)
    await small_house.comment(ANA, "Fast.")
    assert step.outputs == {"asked": True, "score": 9, "category": "promoter", "comment": "Fast."}


async def test_a_question_nobody_answers_ends_the_step_when_it_expires(house: House):
    step = await run(house)
    await house.later(days=13)
    assert not step.is_finished
    await house.later(days=1, hours=1)
    await house.later(minutes=2)
    assert step.outputs == {"asked": True, "reason": "expired"}


async def test_a_halt_ends_the_steps_whose_questions_it_takes_back(house: House):
    step = await run(house)
    await house.nps(ADMIN, "stop")
    await house.later(minutes=1)
    assert step.outputs == {"asked": True, "reason": "withdrawn"}


async def test_a_question_slack_does_not_deliver_ends_the_step(small_house: House):
    small_house.slack.fail_next("chat.postMessage", "user_disabled")
    step = await run(small_house)
    await small_house.later(minutes=1)
    assert step.outputs == {"asked": False, "reason": "failed"}


async def test_a_workflow_whose_person_is_forgotten_goes_on_and_nothing_of_them_is_left(house: House):
    answered, waiting = await run(house), await run(house, person=KIM)
    await house.click_score(ANA, dm(house), 9)
    await house.comment(ANA, "Fast.")
    assert answered.is_finished
    async with house.database.transaction() as tx:
        for person in (ANA, KIM):
            await privacy.erase(tx, house.slack.team_id, person, now=house.now)
    await house.later(seconds=5)
    assert waiting.outputs == {"asked": False, "reason": "erased"}
    assert await count(house, Contact) == 0


async def test_a_workflow_that_waits_for_the_comment_of_somebody_forgotten_does_not_hear_their_score(house: House):
    step = await run(house)
    await house.click_score(ANA, dm(house), 4)
    async with house.database.transaction() as tx:
        await privacy.erase(tx, house.slack.team_id, ANA, now=house.now)
    await house.later(minutes=6)
    assert step.outputs == {"asked": False, "reason": "erased"}


# nobody is asked


async def test_a_no_of_the_rules_goes_to_the_workflow_in_words_and_is_kept(house: House):
    await house.click_score(ANA, await house.ask(), 9)
    step = await run(house)
    assert step.outputs == {
        "asked": False,
        "reason": "They were asked within the last 24 hours. Nobody is asked twice in a day.",
    }
    assert await count(house, Withholding) == 1


async def test_while_asking_is_stopped_a_workflow_hears_so_without_a_name(small_house: House):
    await small_house.nps(ADMIN, "stop")
    step = await run(small_house)
    assert step.outputs is not None
    assert str(step.outputs["reason"]).startswith("Asking is stopped, by somebody,")


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        ({"person": "U0NOBODY"}, "Slack does not know that person."),
        ({"place": OTHER}, "I am not in that channel. Type `/invite` there and choose me, then try again."),
        ({"place": ALERTS}, "They are not in that channel, so they would not see the question."),
        ({"place": HELP, "thread": "1700000000.000001"}, "That message is no longer there."),
    ],
)
async def test_where_nobody_can_be_asked_the_workflow_goes_on_with_the_reason(
    small_house: House, inputs: dict[str, str], reason: str
):
    step = await run(small_house, **inputs)
    assert step.outputs == {"asked": False, "reason": reason}
    assert await count(small_house, Invitation) == 0


@pytest.mark.parametrize(
    ("inputs", "error"),
    [
        ({"survey": "suport"}, "There is no survey called suport. There are: relationship, support, not-renewed."),
        ({"person": " "}, "The step does not say whom to ask: choose a person in its settings."),
        (
            {"thread": "yesterday"},
            "The thread of the step is neither a link to a message nor its timestamp with a channel.",
        ),
    ],
)
async def test_an_input_nobody_can_ask_by_fails_the_step_and_says_what_to_mend(
    small_house: House, inputs: dict[str, str], error: str
):
    step = await run(small_house, **inputs)
    assert (step.outputs, step.error) == (None, error)


@on_sqlite
async def test_a_workflow_of_another_workspace_hears_that_it_cannot_ask_here(house: House):
    ack = await house.slack.run_step("ask_for_nps", {"person": ANA}, team_id="T0ELSEWHERE")
    assert ack.ok, ack
    await house.settle()
    assert "in another one" in str(step_of(house, ack).error)
    assert await count(house, Invitation) == 0


# once, whatever happens


async def test_a_step_slack_tells_of_again_asks_once_and_is_answered_once(every_house: House):
    ack = await every_house.slack.run_step("ask_for_nps", {"person": ANA})
    await every_house.slack.redeliver(ack, retry_num=1)
    await every_house.settle()
    await every_house.click_score(ANA, dm(every_house), 4)
    await every_house.comment(ANA, STUCK)
    await every_house.slack.redeliver(ack, retry_num=2)
    await every_house.later(hours=1)
    assert len(every_house.cards(every_house.slack.dm_of(ANA))) == await count(every_house, WorkflowStep) == 1
    assert completions(every_house) == 1


async def test_when_slack_fails_us_the_step_is_told_again_and_asks(small_house: House):
    small_house.slack.fail_next("users.info", "internal_error", status=500)
    ack = await small_house.slack.run_step("ask_for_nps", {"person": ANA})
    assert not ack.ok
    assert (await small_house.slack.redeliver(ack, retry_num=1)).ok
    await small_house.settle()
    assert "How likely" in dm(small_house).shown


async def test_a_completion_slack_does_not_take_is_tried_again(small_house: House):
    step = await run(small_house)
    small_house.slack.fail_next("functions.completeSuccess", "internal_error", status=500)
    await small_house.click_score(ANA, dm(small_house), 4)
    await small_house.comment(ANA, STUCK)
    assert not step.is_finished
    await small_house.later(seconds=10)
    assert step.outputs == ANSWERED_A_4 | {"comment": STUCK}


async def test_a_completion_whose_answer_was_lost_is_told_again_and_then_over(house: House):
    step = await run(house)
    house.slack.drop_next("functions.completeSuccess", after_effect=True)
    await house.click_score(ANA, dm(house), 4)
    await house.comment(ANA, STUCK)
    await house.later(minutes=1)
    await house.later(days=1)
    assert step.outputs == ANSWERED_A_4 | {"comment": STUCK}
    assert completions(house) == 2
    async with house.database.reading() as tx:
        [row] = await tx.scalars(select(WorkflowStep))
    assert row.completed_at is not None


async def test_a_bot_that_was_away_when_the_comment_came_due_completes_when_it_is_back(
    slack: FakeSlack, database_url: str
):
    async with open_house(slack, database_url, "http") as house:
        step = await run(house)
        await house.click_score(ANA, dm(house), 4)
    slack.clock.now += 600
    async with open_house(slack, database_url, "http") as house:
        await house.settle()
    assert step.outputs == ANSWERED_A_4


async def test_a_step_that_asked_but_was_not_kept_is_kept_when_slack_tells_again(small_house: House):
    ack = await small_house.slack.run_step("ask_for_nps", {"person": ANA})
    await small_house.settle()
    async with small_house.database.transaction() as tx:  # as if the process had died in between
        [row] = await tx.scalars(select(WorkflowStep))
        await tx.delete(row)
    await small_house.click_score(ANA, dm(small_house), 4)
    await small_house.slack.redeliver(ack, retry_num=1)
    await small_house.later(minutes=6)
    assert step_of(small_house, ack).outputs == ANSWERED_A_4


async def test_everything_is_said_with_the_bots_own_token(small_house: House):
    seen = len(small_house.slack.calls)
    await run(small_house, place=HELP)
    await small_house.click_score(ANA, small_house.cards(HELP)[-1], 4)
    await small_house.comment(ANA, STUCK)
    tokens = {call.token for call in small_house.slack.calls[seen:] if call.token}  # a response URL needs none
    assert tokens == {small_house.slack.bot_token}
    assert completions(small_house) == 1


async def test_nobody_is_told_of_a_question_that_nobody_in_person_asked(small_house: House):
    await run(small_house)
    await small_house.press(ANA, dm(small_house), "wrong_person")
    await small_house.later(minutes=2)
    assert small_house.cards(small_house.slack.dm_of(BO)) == []


async def test_a_reason_is_no_score_and_the_workflow_goes_on_without_one(small_house: House):
    step = await run(small_house, survey="not-renewed")
    await small_house.press(ANA, dm(small_house), "reason_price")
    await small_house.later(minutes=6)
    assert step.outputs == {"asked": True}
