"""`/nps export`: a file of answers in one's own direct messages, once, or a word why there is none."""

import csv
import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.services import privacy
from storage.database import Database
from storage.models import Contact, FileOrder, Response
from tests.fake_slack import FakeSlack, Message
from tests.fake_slack.rehearsal import Clock
from tests.house import ADMIN, ANA, BO, GUEST, HELP, KIM, SHARED, House, furnish, open_house
from tests.journeys.test_reporting import answers
from tests.services.crowd import make_account
from tests.small import on_sqlite
from tests.waiting import until

WRITING = "I am writing your file"
COMMENT = "=cmd|'/C calc'!A0 <!channel>, the\nexport \"fails\""


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[FakeSlack]:
    """Where uploads were granted."""
    async with FakeSlack(clock, scopes={"files:write"}) as slack:
        furnish(slack)
        yield slack
    assert slack.violations == []


def brought(house: House, to: str = BO) -> list[Message]:
    """The messages with a file, in somebody's direct messages."""
    return [each for each in house.slack.posts(to) if each.files]


def content(house: House) -> str:
    """What the last file says."""
    return house.slack.files[-1].data.decode("utf-8-sig")


def rows(house: House) -> list[dict[str, str]]:
    return list(csv.DictReader(content(house).splitlines(keepends=True), strict=True))


async def ana_answers(house: House) -> None:
    await house.choose_channel()
    await house.click_score(ANA, await house.ask(), 3)
    await house.comment(ANA, COMMENT)


async def waiting(house: House) -> list[FileOrder]:
    async with house.database.reading() as tx:
        return list((await tx.scalars(select(FileOrder))).all())


async def erase(house: House, person: str = ANA) -> None:
    async with house.database.transaction() as tx:
        await privacy.erase(tx, house.slack.team_id, person, now=house.now)


async def test_a_file_of_answers_comes_by_direct_message_and_runs_nothing(house: House):
    await ana_answers(house)
    told = await house.nps(BO, "export")
    assert WRITING in told
    assert "Your file, 1 answer: relationship and after interactions, the latest, as /nps counts them" in told.replace(
        "`", ""
    )
    [message] = brought(house)
    assert message.channel == house.slack.dm_of(BO)
    [row] = rows(house)
    assert (row["user_id"], row["name"], row["score"], row["counted"]) == (ANA, "Ana Ruiz", "3", "yes")
    assert row["comment"] == "'" + COMMENT
    assert house.slack.files[-1].name.endswith(".csv")
    assert await waiting(house) == []


async def test_a_file_for_a_program(small_house: House):
    await ana_answers(small_house)
    await small_house.nps(BO, "export jsonl last 30 days")
    [line] = content(small_house).splitlines()
    assert json.loads(line)["comment"] == COMMENT
    assert small_house.slack.files[-1].name.endswith(".jsonl")


async def test_words_narrow_it_as_they_narrow_the_number(house: House):
    await answers(house, {10: 3})
    async with house.database.transaction() as tx:
        people = (await tx.scalars(select(Contact.id))).all()
        await make_account(tx, "Acme", people, now=house.now, segment="enterprise", owner_id=BO)
    await answers(house, {2: 4}, kind="transactional")
    both, after = "relationship and after interactions", "after interactions"
    assert f"Your file, 3 answers: {both}, enterprise" in await house.nps(BO, "export segment:enterprise")
    assert {row["account"] for row in rows(house)} == {"Acme"}
    await house.later(seconds=5)
    assert f"accounts of <@{BO}>" in await house.nps(BO, "export owner:me")
    assert len(rows(house)) == 3
    await house.later(seconds=5)
    told = await house.nps(BO, "export kind:interactions last 30 days")
    assert f"Your file, 4 answers: {after}, last 30 days" in told
    assert {row["kind"] for row in rows(house)} == {"transactional"}


async def test_rehearsals_are_in_no_file_and_where_nothing_is_there_is_none(small_house: House):
    await small_house.nps(BO, "try")
    await small_house.click_score(BO, small_house.cards(small_house.slack.dm_of(BO))[-1], 9)
    await small_house.later(seconds=5)
    assert "There are no answers to write into a file" in await small_house.nps(BO, "export")
    assert brought(small_house) == []
    assert await waiting(small_house) == []


async def test_words_that_mean_nothing_make_no_file(small_house: House):
    assert "enterprize" in await small_house.nps(BO, "export segment:enterprize")
    assert await waiting(small_house) == []


@pytest.mark.parametrize("outsider", [GUEST, ANA])
async def test_who_may_not_read_the_answers_gets_no_file(small_house: House, outsider: str):
    await ana_answers(small_house)
    await small_house.nps(outsider, "export", channel=HELP)
    assert await waiting(small_house) == []
    assert small_house.slack.files == []


async def test_in_a_shared_channel_nothing_is_said(small_house: House):
    await ana_answers(small_house)
    seen = len(small_house.slack.ephemerals)
    assert WRITING in await small_house.nps(BO, "export", channel=SHARED)
    assert [each for each in small_house.slack.ephemerals[seen:] if each.channel == SHARED] == []
    await small_house.later(minutes=2)
    assert len(brought(small_house)) == 1


async def test_without_the_scope_it_says_which_and_where_else_the_file_is(clock: Clock, sqlite_url: str):
    async with FakeSlack(clock, scopes={"im:history"}) as slack:
        furnish(slack)
        async with open_house(slack, sqlite_url, "http") as house:
            told = await house.nps(BO, "export")
            assert "files:write" in told
            assert "nps-bot export report" in told
            assert await waiting(house) == []


async def test_when_the_scope_was_taken_away_meanwhile_they_hear_it(small_house: House):
    await ana_answers(small_house)
    small_house.slack.scopes.discard("files:write")
    told = await small_house.nps(BO, "export")
    assert WRITING in told
    assert "files:write" in told
    assert await waiting(small_house) == []
    assert small_house.slack.violations.pop() == "the scope files:write is missing"


async def test_one_file_after_the_other(small_house: House):
    await ana_answers(small_house)
    gate = small_house.slack.slow_next("files.getUploadURLExternal")
    await small_house.slack.command(BO, "C0GENERAL", "/nps", "export")
    await gate.reached.wait()
    await small_house.slack.command(BO, "C0GENERAL", "/nps", "export last 30 days")
    await until(lambda: "still writing" in small_house.slack.ephemerals_for(BO)[-1].shown, "the second answer")
    gate.open()
    await small_house.settle()
    assert len(brought(small_house)) == 1


@on_sqlite
async def test_when_slack_is_away_it_is_tried_again(house: House):
    await ana_answers(house)
    house.slack.fail_next("files.completeUploadExternal", "internal_error")
    await house.nps(BO, "export")
    assert brought(house) == []
    await house.later(minutes=2)
    assert len(brought(house)) == 1


async def test_who_waits_in_vain_hears_it(small_house: House):
    await ana_answers(small_house)
    small_house.slack.upload_status = 503
    await small_house.nps(BO, "export")
    for _ in range(3):
        await small_house.later(minutes=2)
    assert "I could not write your file" in small_house.slack.posts(BO)[-1].shown
    assert await waiting(small_house) == []


async def test_what_a_stopped_process_had_begun_is_written_by_the_next_one(slack: FakeSlack, database_url: str):
    async with open_house(slack, database_url, "http") as house:
        await ana_answers(house)
        gate = slack.slow_next("files.getUploadURLExternal")
        await slack.command(BO, "C0GENERAL", "/nps", "export")
        await gate.reached.wait()
    [order] = await _left(database_url)
    assert order.attempts == 0
    slack.open_gates()
    async with open_house(slack, database_url, "http") as house:
        await house.later(minutes=2)
        assert [row["user_id"] for row in rows(house)] == [ANA]
        assert len(brought(house)) == 1
        assert await waiting(house) == []


async def test_what_a_killed_process_had_begun_is_written_once_its_time_is_over(house: House):
    await ana_answers(house)
    async with house.database.transaction() as tx:
        usual = {"workspace_id": house.slack.team_id, "user_id": BO, "words": "export", "format": "csv"}
        due = house.now + timedelta(minutes=19)
        tx.add(FileOrder(**usual, ordered_at=house.now, due_at=due, attempts=1))
    await house.later(minutes=10)
    assert brought(house) == []
    await house.later(minutes=10)
    assert len(brought(house)) == 1


@pytest.mark.parametrize("moment", ["files.getUploadURLExternal", "chat.postMessage", "files.completeUploadExternal"])
async def test_who_is_erased_while_the_file_is_on_its_way_is_not_in_it(house: House, moment: str):
    await ana_answers(house)
    await house.click_score(KIM, await house.ask(KIM, survey="relationship"), 9)
    gate = house.slack.slow_next(moment, when=lambda args: args.get("channel") in (None, BO))
    await house.slack.command(BO, "C0GENERAL", "/nps", "export")
    await gate.reached.wait()
    await erase(house)
    gate.open()
    await house.later(minutes=2)
    await house.later(minutes=2)
    [file] = [each for each in house.slack.files if each.is_complete]
    assert [row["user_id"] for row in rows(house)] == [KIM]
    [message] = brought(house)
    assert message.files == [file.id]
    assert [each.shown for each in house.slack.posts(BO) if "Your file, 2 answers" in each.shown] == []


async def test_a_colleague_who_is_erased_gets_no_file(small_house: House):
    await ana_answers(small_house)
    gate = small_house.slack.slow_next("files.getUploadURLExternal")
    await small_house.slack.command(BO, "C0GENERAL", "/nps", "export")
    await gate.reached.wait()
    await erase(small_house, BO)
    gate.open()
    await small_house.later(minutes=2)
    assert await waiting(small_house) == []
    assert brought(small_house) == []


async def test_a_survey_that_got_another_name_meanwhile_is_told(small_house: House):
    await ana_answers(small_house)
    async with small_house.database.transaction() as tx:
        usual = {"workspace_id": small_house.slack.team_id, "user_id": BO, "format": "csv"}
        tx.add(FileOrder(**usual, words="export survey:gone", ordered_at=small_house.now, due_at=small_house.now))
    await small_house.later(minutes=2)
    assert "I could not write your file" in small_house.slack.posts(BO)[-1].shown
    assert await waiting(small_house) == []


async def test_a_confidential_answer_names_nobody(house: House):
    await ana_answers(house)
    async with house.database.transaction() as tx:
        at = house.now - timedelta(days=3)
        await tx.execute(update(Response).values(privacy="confidential", answered_at=at))
    await house.nps(BO, "export")
    [row] = rows(house)
    assert (row["user_id"], row["name"], row["id"], row["date"]) == ("", "", "", f"{at:%Y-%m-%d}")
    assert ANA not in content(house)
    assert "Ruiz" not in content(house)


async def test_scores_of_others_are_dated_sourced_and_beside_ours(house: House):
    await answers(house, {10: 24, 8: 9, 3: 7})
    told = await house.nps(ADMIN, "benchmarks")
    assert "Yours: *NPS +43* (likely +16 to +63), relationship, last 90 days (40 answers)" in told
    assert "2024-2026" in told
    assert "churnward.com" in told
    assert "are no target" in told
    first = house.slack.ephemerals_for(ADMIN)[-1]
    await house.press(ADMIN, first, "turn_page_0")
    assert house.slack.ephemerals_for(ADMIN)[-1].shown != first.shown
    assert "does not stand beside them" in await house.nps(ADMIN, "benchmarks kind:interactions")


async def _left(url: str) -> list[FileOrder]:
    database = Database(url)
    async with database.reading() as tx:
        found = (await tx.scalars(select(FileOrder))).all()
    await database.close()
    return list(found)
