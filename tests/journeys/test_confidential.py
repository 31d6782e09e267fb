"""A confidential answer: whatever colleagues, programs and files are told of it, nothing leads to its person."""

import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from sqlalchemy import select, update

from bot.cli.sheets import writer
from bot.cli.sheets.columns import Kind
from bot.services import exports
from bot.slack import wire
from storage.models import Account, Contact, FollowUp, Invitation, Response, Survey
from tests.fake_slack import FakeSlack, Message, response_urls
from tests.house import ADMIN, ANA, BO, CY, GENERAL, HELP, KIM, House, open_house, permalink
from tests.journeys.test_digests import until
from tests.journeys.test_erasing import erase, nothing_is_left
from tests.journeys.test_following_up import pick, send
from tests.journeys.test_replying import preview, reply, write_back
from tests.journeys.test_routes import add, furnish
from tests.journeys.test_setting_up import edit, survey
from tests.webhooks.conftest import SETTINGS, bring, hears
from tests.webhooks.receiver import Receiver, receiving

ABOUT, COMMENT, MORE = "Tuesday's export", "Exports time out every Monday.", "And nobody told us why."
MORNING = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)  # the working day after the answer, by London's clock
TO_PEOPLE = re.compile(r"chat\.(post|update)|views\.publish|functions\.")
SECRETS = re.compile(rf"\bAna\b|Ruiz|{ANA}|ana@beta|\bBeta\b|Enterprise|{HELP}|Tuesday.s export")
PROMISE = "Northwind's team sees your answer without your name. Somebody who replies to you does not learn it either."


@pytest.fixture
async def house(slack: FakeSlack, database_url: str, server_url: str | None) -> AsyncIterator[House]:
    async with open_house(slack, database_url, "socket" if server_url else "http", **SETTINGS) as house:
        yield house


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


class Ears:
    """Everything that anybody but Ana is shown from now on."""

    def __init__(self, house: House, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self._slack, self._since = house.slack, len(house.slack.calls)
        self._views, self._answers = list[str](), list[str]()
        self._listen()

    def heard(self) -> list[str]:
        calls = [each.args for each in self._slack.calls[self._since :] if TO_PEOPLE.match(each.method)]
        return [*(json.dumps(each) for each in calls if not self._is_to_ana(each)), *self._views, *self._answers]

    def _is_to_ana(self, args: dict[str, object]) -> bool:
        return bool({args.get(key) for key in ("user", "user_id", "channel")} & {ANA, self._slack.dm_of(ANA)})

    def _listen(self) -> None:
        """To what goes by a trigger, a view or a response_url, whose calls do not say who reads it."""
        put, change, apply = self._slack.put_view, self._slack.change_view, response_urls._apply

        def put_view(user, body, **where):
            self._views += [json.dumps(body)] if user != ANA else []
            return put(user, body, **where)

        def change_view(view, body):
            self._views += [json.dumps(body)] if view.user != ANA else []
            return change(view, body)

        def answer(slack, url, args):
            self._answers += [json.dumps(args)] if url.user != ANA else []
            return apply(slack, url, args)

        self._slack.put_view, self._slack.change_view = put_view, change_view
        self._patch.setattr(response_urls, "_apply", answer)


async def confidential(house: House, name: str = "support") -> None:
    async with house.database.transaction() as tx:
        await tx.execute(update(Survey).where(Survey.name == name).values(privacy="confidential"))


async def belongs(house: House) -> None:
    """Ana is of Beta, which Cy looks after."""
    async with house.database.transaction() as tx:
        columns = {"segment": "Enterprise", "arr": 90_000, "owner_id": CY, "crm_id": "Beta-1"}
        row = Account(workspace_id=house.slack.team_id, name="Beta", created_at=house.now, **columns)
        tx.add(row)
        await tx.flush()
        whose = {"account_id": row.id, "is_account_by_hand": True, "first_seen_at": house.now, "email": "ana@beta.ex"}
        tx.add(Contact(workspace_id=row.workspace_id, user_id=ANA, name="Ana Ruiz", **whose))


async def asked(house: House, *, survey: str = "support") -> Message:
    """By Bo, about a thread, with words for what it is about."""
    await house.nps(BO, f"ask <@{ANA}> {survey} {permalink(HELP, house.slack.say(ANA, HELP, 'It is stuck'))}")
    async with house.database.transaction() as tx:
        await tx.execute(update(Invitation).values(occasion_label=ABOUT, permalink=permalink(HELP, "1.1")))
    return house.cards(house.slack.dm_of(ANA))[-1]


async def answered(house: House, score: int = 3) -> Message:
    card = await asked(house)
    await house.click_score(ANA, card, score)
    await house.comment(ANA, COMMENT, reply=["yes"])
    await house.later(seconds=2)
    return card


async def alerted(house: House) -> Message:
    await house.choose_channel()
    await confidential(house)
    await answered(house)
    await until(house, MORNING)
    return house.alerts()[-1]


async def follow_up(house: House) -> FollowUp:
    async with house.database.reading() as tx:
        return (await tx.scalars(select(FollowUp))).one()


async def exported(house: House) -> str:
    file = StringIO()
    async with house.database.reading() as tx:
        await writer.write(file, Kind.ANSWERS, exports.answers(tx, house.slack.team_id))
        await writer.write(file, Kind.RECOVERIES, exports.recoveries(tx, house.slack.team_id))
    return file.getvalue()


# the whole life of one


async def test_nothing_colleagues_programs_or_files_are_told_leads_to_the_person(
    house: House, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    furnish(house)
    await house.choose_channel()
    await belongs(house)
    await confidential(house)
    await hears(house, receiver.url)
    await add(house, segment="=Enterprise", channel="C0URGENT")
    card = await asked(house)
    ears = Ears(house, monkeypatch)
    await house.click_score(ANA, card, 3)
    await house.comment(ANA, COMMENT, reply=["yes"])
    for text in ("", "detractors", "follow-ups", "digest"):
        assert COMMENT not in await house.nps(BO, text), text
    await until(house, MORNING)
    [alert] = house.alerts()
    assert COMMENT in alert.shown
    assert not re.search(f"{BO}|{CY}", json.dumps(alert.blocks))
    await through_its_life(house, alert)
    await bring(house)
    assert {"response.recorded", "response.changed", "follow_up.opened", "follow_up.resolved"} <= set(receiver.types)
    heard = [*ears.heard(), *(each.body.decode() for each in receiver.heard), await exported(house)]
    assert len(heard) > 50
    assert [each for each in heard if SECRETS.search(each)] == []
    assert [each for each in heard if str(int((await response(house)).answered_at.timestamp())) in each] == []


async def through_its_life(house: House, alert: Message) -> None:
    """Everything that can be done with a follow-up, and every page that shows one."""
    await pages(house)
    await house.later(hours=2, minutes=5)  # nobody has it: a reminder
    await house.later(hours=24)  # and it goes higher
    await house.press(BO, alert, "claim")
    await pick(house, BO, alert, wire.HAND_OVER)
    await send(house, BO, to=CY, note="Yours.")
    await pick(house, CY, alert, wire.CONTACTED)
    await send(house, CY, how="call", note="Called.")
    await pick(house, CY, alert, wire.SNOOZE)
    await send(house, CY, until="2025-11-21")
    await reply(house, alert, "We raised the time-out.", by=CY)
    message = house.cards(house.slack.dm_of(ANA))[-1]
    assert "Whoever wrote this does not learn your name." in message.shown
    await write_back(house, ANA, message)
    await pages(house)
    await resolved(house, alert)
    await write_back(house, ANA, message, "It fails again, and worse than before.")
    await house.later(seconds=5)
    assert (await follow_up(house)).state == "open"
    house.slack.fail_next("chat.postMessage", "user_not_found", when=lambda args: args["channel"] == ANA)
    await reply(house, alert, "Once more.", by=CY)
    await resolved(house, alert)
    await house.press(CY, house.card(alert), "reopen")
    await resolved(house, alert)
    await until(house, house.now + timedelta(days=22))
    await felt(house)
    await pages(house)


async def pages(house: House) -> None:
    for text in ("", "detractors", "follow-ups", "follow-ups overdue", "digest", "recovery", "promoters", "quotes"):
        await house.nps(BO, text)
    await house.home(BO)
    await house.home(ADMIN)


async def resolved(house: House, alert: Message) -> None:
    await house.press(CY, house.card(alert), "resolve")
    await send(house, CY, outcome="fixed", root_cause="product", note="Raised it.")
    await house.later(seconds=2)


async def felt(house: House) -> None:
    """The question some weeks later, answered with another low score."""
    card = house.cards(house.slack.dm_of(ANA))[-1]
    assert "How do you feel about it now?" in card.shown
    assert PROMISE in card.shown
    await house.click_score(ANA, card, 1)
    await house.comment(ANA, MORE)
    await until(house, house.now + timedelta(days=3))
    assert MORE in house.alerts()[-1].shown


async def response(house: House) -> Response:
    async with house.database.reading() as tx:
        return (await tx.scalars(select(Response).order_by(Response.id))).first()


# what the person is told


async def test_its_person_is_asked_by_direct_message_and_told_who_sees_what(house: House):
    await house.choose_channel()
    await confidential(house)
    card = await answered(house)
    assert house.cards(HELP) == []
    assert PROMISE in house.card(card).shown
    await house.press(ANA, house.card(card), "what_we_keep")
    assert "without your name: your words as you write them" in house.slack.open_view(ANA).shown
    assert "Your answer, confidential: *3*" in await house.nps(ANA, "me", channel=HELP)


async def test_what_was_promised_holds_whatever_the_survey_says_later(house: House):
    await house.choose_channel()
    await edit(house, ADMIN)
    assert (await house.slack.submit(ADMIN, {"privacy": ["yes"]})).ok
    await house.settle()
    card = await asked(house)
    await edit(house, ADMIN)
    assert (await house.slack.submit(ADMIN, {"privacy": []})).ok
    await house.settle()
    assert (await survey(house, "support")).privacy == "named"
    await house.click_score(ANA, card, 3)
    await house.comment(ANA, COMMENT)
    await until(house, MORNING)
    assert "A customer: 3" in house.alerts()[-1].shown


async def test_an_answer_with_a_name_stays_one_when_the_survey_becomes_confidential(small_house: House):
    await small_house.choose_channel()
    card = await small_house.ask()
    await confidential(small_house)
    await small_house.click_score(ANA, card, 3)
    await small_house.comment(ANA, COMMENT)
    await small_house.later(seconds=2)
    assert "Ana Ruiz: 3" in small_house.alerts()[-1].shown


# when it is told


async def test_its_alert_waits_for_the_next_working_morning_and_the_clock_runs_from_there(house: House):
    await house.choose_channel()
    await confidential(house)
    await answered(house)
    await until(house, MORNING - timedelta(minutes=10))
    assert house.alerts() == []
    assert "customer is waiting" not in await house.nps(BO)
    await until(house, MORNING)
    [alert] = house.alerts()
    assert "A customer: 3" in alert.shown
    assert (await follow_up(house)).reply_due_at == MORNING + timedelta(hours=8)
    assert "1 customer is waiting:* a customer" in await house.nps(BO)


async def test_a_mind_changed_before_that_morning_alerts_nobody(small_house: House):
    await small_house.choose_channel()
    await confidential(small_house)
    card = await asked(small_house)
    await small_house.click_score(ANA, card, 3)
    await small_house.later(minutes=20)
    await small_house.slack.select(ANA, small_house.slack.open_view(ANA), "score_picked", "1:9")
    await until(small_house, MORNING)
    assert small_house.alerts() == []


async def test_a_rehearsal_comes_at_once_and_says_the_same(small_house: House):
    await small_house.choose_channel()
    await confidential(small_house)
    await confidential(small_house, "relationship")
    await small_house.nps(BO, "try")
    card = small_house.cards(small_house.slack.dm_of(BO))[-1]
    assert PROMISE in card.shown
    await small_house.click_score(BO, card, 2)
    await small_house.later(minutes=6)
    assert "A customer: 2" in small_house.alerts()[-1].shown
    assert "Bo Lind" not in small_house.alerts()[-1].shown


# what else could tell


async def test_a_route_that_names_a_colleague_mentions_them(house: House):
    furnish(house)
    await house.choose_channel()
    await add(house, channel="C0URGENT", mention="colleague", colleague=CY)
    await confidential(house)
    await answered(house)
    await until(house, MORNING)
    [alert] = house.alerts("C0URGENT")
    assert f"<@{CY}>, first reply due" in json.dumps(alert.blocks)


async def test_a_later_answer_with_a_name_does_not_tell_what_was_said_in_confidence(house: House):
    await alerted(house)
    async with house.database.transaction() as tx:
        await tx.execute(update(Survey).values(privacy="named"))
        await tx.execute(update(FollowUp).values(state="resolved"))
    await house.later(days=100)
    card = await house.ask()
    await house.click_score(ANA, card, 5)
    await house.comment(ANA, MORE)
    await house.later(seconds=2)
    shown = house.alerts()[-1].shown
    assert "Ana Ruiz: 5" in shown
    assert "Last time" not in shown


async def test_a_digest_about_some_accounts_leaves_it_out(house: House):
    await belongs(house)
    await alerted(house)
    await house.nps(ADMIN, "digest setup")
    await house.press(ADMIN, house.slack.ephemerals_for(ADMIN)[-1], "set_up_digest")
    assert (await house.slack.submit(ADMIN, {"channel": GENERAL, "owner": CY})).ok
    await house.settle()
    await until(house, datetime(2025, 11, 24, 9, 0, tzinfo=UTC))
    assert [each for each in house.cards(GENERAL) if COMMENT in each.shown] == []


async def test_the_window_for_a_reply_names_nobody(house: House):
    alert = await alerted(house)
    await house.press(BO, alert, "reply_privately")
    assert "To the customer who wrote this" in house.slack.open_view(BO).shown
    assert "Ana" not in await preview(house, alert)


async def test_whoever_asked_does_not_hear_whether_there_was_an_answer(house: House):
    await house.choose_channel()
    await confidential(house)
    await answered(house)
    whisper = next(each for each in house.slack.ephemerals_for(BO) if "I am asking" in each.shown)
    await house.press(BO, whisper, "dont_ask")
    assert house.slack.ephemerals_for(BO)[-1].shown.endswith("is closed.")


async def test_why_somebody_was_asked_tells_neither_that_they_answered_nor_that_they_were_unhappy(house: House):
    alert = await alerted(house)
    await resolved(house, alert)
    await until(house, house.now + timedelta(days=22))
    assert "How do you feel" in house.cards(house.slack.dm_of(ANA))[-1].shown
    told = await house.nps(BO, f"why <@{ANA}>")
    assert "support · asked in confidence" in told
    assert "recovery" not in told


async def test_its_person_is_forgotten_as_anybody_is(house: House):
    await alerted(house)
    await erase(house)
    await nothing_is_left(house)
    assert house.alerts() == []


async def test_no_workflow_asks_with_it(house: House):
    await confidential(house, "relationship")
    ack = await house.slack.run_step("ask_for_nps", {"person": ANA})
    await house.settle()
    step = house.slack.steps[ack.delivery.payload["event"]["function_execution_id"]]
    assert step.outputs == {
        "asked": False,
        "reason": "That survey is confidential, so no workflow may be handed its answers.",
    }


async def test_an_open_card_cannot_be_confidential(small_house: House):
    await edit(small_house, ADMIN)
    ack = await small_house.slack.submit(ADMIN, {"privacy": ["yes"], "open": ["yes"]})
    assert "others see who answers" in str(ack.body)


async def test_nobody_is_offered_a_favour_with_it(small_house: House):
    await small_house.choose_channel()
    await small_house.nps(ADMIN, "favours")
    await small_house.press(ADMIN, small_house.slack.ephemerals_for(ADMIN)[-1], "edit_favours")
    await small_house.slack.submit(ADMIN, {"kinds": ["quote"]})
    await small_house.settle()
    for person, has_box in {KIM: True, ANA: False}.items():
        card = await small_house.ask(person)
        if person == KIM:
            await confidential(small_house)
            await confidential(small_house, "relationship")
        await small_house.click_score(person, card, 10)
        assert ("favour" in str(small_house.slack.open_view(person).blocks)) is has_box
