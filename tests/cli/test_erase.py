"""`nps-bot erase`: afterwards nothing of the person is left, in the database at once, in Slack when the bot runs."""

import re
import time
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import MetaData, Table, select
from sqlalchemy.orm import Session

from storage.database import Database
from tests.cli.conftest import CommandLine, Outcome
from tests.fake_slack import FakeSlack
from tests.house import ADMIN, ALERTS, ANA, BO, CY, HELP, KIM, House, open_house

COMMENT = "Exports time out every Monday."
TABLES: dict[str, list[Table]] = {}


@pytest.fixture
async def house(slack: FakeSlack, database_url: str) -> AsyncIterator[House]:
    """A bot that runs, on a database of either kind."""
    async with open_house(slack, database_url, "http") as house:
        yield house


@pytest.fixture
def eraser(nps_bot: CommandLine, house: House) -> CommandLine:
    """The command, on that database."""
    nps_bot.set(DATABASE_URL=house.bot.settings.database_url)
    return nps_bot


async def traces(database: Database, *needles: str) -> list[str]:
    """Every place in the database where one of these words stands, whatever the table."""
    found = []
    async with database.reading() as tx:
        for table in await tx.run_sync(_tables):
            for row in (await tx.execute(select(table))).mappings():
                found += [f"{table.name}.{column}" for column, value in row.items() if _holds(value, needles)]
    return found


async def answered(house: House, person: str = ANA) -> None:
    """Asked in a thread, unhappy, with a comment and an alert that a colleague has claimed and resolved."""
    await house.choose_channel()
    card = await house.ask_in_thread(person)
    await house.click_score(person, card, 2)
    await house.comment(person, COMMENT, reply=["yes"])
    [alert] = house.alerts()
    await house.slack.click(CY, alert, "claim")
    await house.settle()
    await house.slack.click(CY, house.card(alert), "resolve")
    await house.settle()
    await house.slack.submit(CY, {"outcome": "fixed", "root_cause": "product", "note": f"Spoke with {COMMENT}"})
    await house.later(minutes=1)


async def erased(eraser: CommandLine, *words: str, answer: str = "") -> Outcome:
    outcome = await eraser.run("erase", *words, answer=answer)
    assert "Traceback" not in outcome.said
    return outcome


@pytest.mark.parametrize(
    ("server_url", "name"),
    [("postgres", ANA), *(("sqlite", name) for name in (ANA, "@Ana Ruiz", "ana ruiz", f"<@{ANA}|ana>"))],
    indirect=["server_url"],
)
async def test_nothing_of_a_person_is_left_in_the_database(eraser: CommandLine, house: House, name: str) -> None:
    await answered(house)
    assert await traces(house.database, ANA, "Ana Ruiz", COMMENT)
    outcome = await erased(eraser, name, "--yes")
    assert outcome.code == 0
    assert "Ana Ruiz (U0ANA), workspace T0NORTH" in outcome.said
    assert "Erased: answers 1 (versions 2), invitations 1, follow-ups 1" in outcome.said
    assert await traces(house.database, ANA, "Ana Ruiz", COMMENT) == []


async def test_somebody_asked_by_direct_message_leaves_nothing_either(eraser: CommandLine, house: House) -> None:
    await house.click_score(KIM, await house.ask(KIM), 9)
    await house.comment(KIM, COMMENT)
    assert (await erased(eraser, KIM, "--yes")).code == 0
    assert await traces(house.database, KIM, "Kim Weiß", COMMENT) == []


async def test_their_messages_are_taken_out_of_slack_when_the_bot_runs_next(eraser: CommandLine, house: House) -> None:
    await answered(house)
    outcome = await erased(eraser, ANA, "--yes")
    assert "Messages in Slack: 4, removed as soon as the bot runs" in outcome.said
    assert len(house.alerts()) == len(house.cards(HELP)) == 1
    assert len(house.thread(house.alerts()[0])) == 2
    house.slack.clock.now = time.time()  # the command lives by the clock on the wall
    await house.later(minutes=1)
    assert house.cards(ALERTS) == house.cards(HELP) == []


async def test_a_click_on_a_card_that_outlives_its_person_keeps_nothing(eraser: CommandLine, house: House) -> None:
    card = await house.ask_in_thread(ANA)
    await erased(eraser, ANA, "--yes")
    ack = await house.slack.click(ANA, card, "score_3")
    assert ack.ok, ack
    await house.later(minutes=10)
    assert await traces(house.database, ANA, "Ana Ruiz") == []


async def test_an_operator_who_thinks_better_of_it_erases_nothing(eraser: CommandLine, house: House) -> None:
    await answered(house)
    for answer in ("", "n", "no", "maybe"):
        outcome = await erased(eraser, ANA, answer=answer)
        assert outcome.code == 1
        assert "Nothing was erased." in outcome.said
    assert await traces(house.database, COMMENT)


async def test_an_operator_who_says_yes_erases(eraser: CommandLine, house: House) -> None:
    await answered(house)
    outcome = await erased(eraser, ANA, answer="y")
    assert outcome.code == 0
    assert "Forget this person everywhere? It cannot be undone. [y/N]" in outcome.said
    assert await traces(house.database, ANA, COMMENT) == []


async def test_a_name_two_people_share_erases_nobody_and_lists_both(eraser: CommandLine, house: House) -> None:
    house.slack.add_user("U0TWIN", name="twin", real_name="Ana Ruiz", is_restricted=True)
    await house.ask(ANA)
    await house.ask("U0TWIN")
    outcome = await erased(eraser, "@Ana Ruiz", "--yes")
    assert outcome.code == 1
    assert "2 people are called @Ana Ruiz" in outcome.said
    assert "U0ANA Ana Ruiz" in outcome.said
    assert "U0TWIN Ana Ruiz" in outcome.said
    assert await traces(house.database, ANA, "U0TWIN")


async def test_a_name_beyond_ascii_is_found_as_it_is_written(eraser: CommandLine, house: House) -> None:
    house.slack.add_user("U0ASA", name="asa", real_name="Åsa Öberg", is_restricted=True)
    await house.ask("U0ASA")
    assert (await erased(eraser, "@Åsa Öberg", "--yes")).code == 0
    assert await traces(house.database, "U0ASA") == []


async def test_a_name_nobody_has_is_told_with_where_to_find_an_id(eraser: CommandLine, house: House) -> None:
    outcome = await erased(eraser, "@nobody", "--yes")
    assert outcome.code == 1
    assert "Nothing is known about @nobody. Give the Slack id" in outcome.said


async def test_a_colleague_who_was_never_asked_is_taken_off_everything_they_did(
    eraser: CommandLine, house: House
) -> None:
    await house.nps(ADMIN)
    await answered(house)
    outcome = await erased(eraser, CY, "--yes")
    assert outcome.code == 0
    assert "U0CY was never asked" in outcome.said
    assert await traces(house.database, CY) == []
    assert await traces(house.database, COMMENT)


async def test_what_an_erased_colleague_had_claimed_is_open_again_in_slack_too(
    eraser: CommandLine, house: House
) -> None:
    await house.choose_channel()
    await house.click_score(ANA, await house.ask_in_thread(ANA), 2)
    await house.comment(ANA, COMMENT)
    [alert] = house.alerts()
    await house.slack.click(CY, alert, "claim")
    await house.settle()
    await erased(eraser, CY, "--yes")
    house.slack.clock.now = time.time()  # the command lives by the clock on the wall
    await house.later(minutes=1)
    assert f"<@{CY}>" not in house.card(alert).shown
    await house.slack.click(BO, house.card(alert), "claim")
    await house.settle()
    assert f"<@{BO}> takes care of it" in house.card(alert).shown


async def test_a_colleague_who_asked_and_set_things_up_is_taken_off_everything(
    eraser: CommandLine, house: House
) -> None:
    await house.nps(ADMIN)
    await house.choose_channel(ALERTS, by=BO)
    await house.nps(BO, "stop")
    await house.nps(BO, "start")
    await house.ask(ANA, by=BO)
    assert await traces(house.database, BO)
    assert (await erased(eraser, BO, "--yes")).code == 0
    assert await traces(house.database, BO) == []


async def test_erasing_somebody_twice_is_harmless(eraser: CommandLine, house: House) -> None:
    await answered(house)
    assert (await erased(eraser, ANA, "--yes")).code == 0
    again = await erased(eraser, ANA, "--yes")
    assert again.code == 0
    assert "was never asked" in again.said


async def test_without_a_database_it_ends_with_one_sentence(nps_bot: CommandLine) -> None:
    outcome = await nps_bot.run("erase", ANA, "--yes")
    assert outcome.code == 2
    assert outcome.said.startswith("The database does not answer, or is not up to date.")


def _tables(session: Session) -> list[Table]:
    """As the database itself describes them; every database of one kind has the same."""
    connection = session.connection()
    if connection.dialect.name not in TABLES:
        metadata = MetaData()
        metadata.reflect(connection)
        TABLES[connection.dialect.name] = metadata.sorted_tables
    return TABLES[connection.dialect.name]


def _holds(value: object, needles: tuple[str, ...]) -> bool:
    """As whole words: U0BO is not in U0BOT."""
    return any(re.search(rf"(?<!\w){re.escape(needle)}(?!\w)", str(value), re.IGNORECASE) for needle in needles)
