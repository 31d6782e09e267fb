"""`nps-bot import` and `export`: good rows are kept, bad ones told by line, and what is written is taken back."""

import asyncio
import stat
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.rules.exits import Reason
from bot.services import exits
from storage.database import Database
from storage.models import Account, Base, Contact, Delivery, FollowUp, Invitation, Response
from tests import databases
from tests.cli.conftest import CommandLine, Outcome
from tests.factories import ANA, NORTHWIND, make_invitation, make_workspace
from tests.fake_slack import FakeSlack

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ACCOUNTS = (
    "name;segment;owner_id;arr;currency;renews_on;domains;team_id\n"
    "Beta GmbH;enterprise;U0BO;12000;EUR;2027-01-31;beta.example beta-labs.example;T0BETA\n"
    "Gamma;;;;;;;\n"
)
CONTACTS = (
    "user_id,name,email,account,is_decision_maker,property:plan\n"
    "U0ANA,Ana Ruiz,Ana@beta.example,,yes,pro\n"
    "U0KIM,Kim Weiß,,Gamma,no,\n"
)
ANSWERS = (
    "date,user_id,survey,score,comment\n"
    "2025-11-02,U0ANA,support,3,=HYPERLINK(1)\n"
    "2025-10-20,U0ANA,support,9,\n"
    '2025-09-01T10:42:00+02:00,U0EVE,relationship,10,"Fast,\nand kind"\n'
)
INTERVIEWS = (
    "date,user_id,survey,score,mode,recorded_by\n"
    "2025-10-20,U0ANA,support,9,Interviewer,U0BO\n"
    "2025-11-02,U0ANA,support,3,self,\n"
    "2025-12-20,U0ANA,support,3,,\n"
)


@pytest.fixture
async def keeper(nps_bot: CommandLine, database: Database, database_url: str) -> CommandLine:
    """The command, on a database of either kind in which the bot has run."""
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
    nps_bot.set(DATABASE_URL=database_url)
    return nps_bot


async def imported(bot: CommandLine, content: str, *options: str, name: str = "some.csv") -> Outcome:
    await asyncio.to_thread(Path(name).write_bytes, content.encode())
    outcome = await bot.run("import", name, *options)
    assert "Traceback" not in outcome.said
    return outcome


async def rows(database: Database, table: type[Base]) -> Sequence[Base]:
    async with database.reading() as tx:
        return (await tx.scalars(select(table).order_by(table.id))).all()


async def test_all_three_files_are_taken_and_twice_is_once(keeper: CommandLine, database: Database):
    for content, added in ((ACCOUNTS, 2), (CONTACTS, 2), (ANSWERS, 3)):
        assert f"{added} added, 0 changed, 0 unchanged, 0 refused." in (await imported(keeper, content)).said
        again = await imported(keeper, "\ufeff" + content)
        assert (again.code, f"0 added, 0 changed, {added} unchanged" in again.said) == (0, True)
    beta, gamma = await rows(database, Account)
    ana, kim, eve = await rows(database, Contact)
    assert (beta.arr, beta.domains, beta.owner_id) == (12000, ("beta.example", "beta-labs.example"), "U0BO")
    assert (ana.email, ana.account_id, ana.properties) == ("ana@beta.example", beta.id, {"plan": "pro"})
    assert (kim.account_id, kim.is_account_by_hand, eve.account_id) == (gamma.id, True, None)


async def test_old_answers_count_as_asked_and_alert_nobody(keeper: CommandLine, database: Database):
    await imported(keeper, ANSWERS)
    late, early, eve = await rows(database, Response)
    assert (late.is_repeat, early.is_repeat, eve.is_late) == (True, False, False)
    assert eve.comment == "Fast,\nand kind"
    assert [each.sent_at for each in await rows(database, Invitation)] == [
        datetime(2025, 11, 2, tzinfo=UTC),
        datetime(2025, 10, 20, tzinfo=UTC),
        datetime(2025, 9, 1, 8, 42, tzinfo=UTC),
    ]
    assert await rows(database, FollowUp) == await rows(database, Delivery) == []


async def test_what_a_colleague_was_told_elsewhere_stays_apart_and_repeats_nothing(
    keeper: CommandLine, database: Database
):
    await imported(keeper, INTERVIEWS)
    interview, own, later = await rows(database, Response)
    assert (interview.mode, interview.recorded_by) == ("interviewer", "U0BO")
    assert (own.mode, own.recorded_by, later.mode) == ("self", None, "self")
    assert not own.is_repeat


async def test_why_customers_left_is_written_to_a_file_of_its_own(keeper: CommandLine, database: Database):
    async with database.transaction() as tx:
        asked = await make_invitation(tx, now=NOW, survey="not-renewed")
        await exits.record_reason(tx, NORTHWIND, exits.Choice(asked.id, ANA, Reason.PRICE, NOW), now=NOW)
        words = exits.Words(asked.id, ANA, comment="=TOO(DEAR)")
        await exits.record_words(tx, NORTHWIND, words, now=NOW)
    assert "1 exits written" in (await keeper.run("export", "exits", "--to", "out.csv")).said
    assert await asyncio.to_thread(Path("out.csv").read_text, "utf-8-sig") == (
        "date,user_id,name,survey,reason,comment\n2026-01-01T00:00:00Z,U0ANA,Ana Ruiz,not-renewed,price,'=TOO(DEAR)\n"
    )
    assert "0 exits" not in (await keeper.run("export", "answers", "--to", "answers.csv")).said


@pytest.mark.parametrize(
    ("header", "row", "sentence"),
    [
        ("date,user_id,survey,score", "2025-11-02,U0ANA,support,11", 'The score "11" is not a whole number from 0 to'),
        ("date,user_id,survey,score", "2025-11-02,U0ANA,support,8.5", 'The score "8.5" is not a whole number'),
        ("date,user_id,survey,score", "02.11.2025,U0ANA,support,8", 'The date "02.11.2025" is not one like'),
        ("date,user_id,survey,score", "2999-11-02,U0ANA,support,8", "lies in the future"),
        ("date,user_id,survey,score", "2025-11-02,U0ANA,sales,8", "There are: relationship, support."),
        ("date,user_id,survey,score", "2025-11-02,U0ANA,not-renewed,8", "There are: relationship, support."),
        (
            "date,user_id,survey,score,mode",
            "2025-11-02,U0ANA,support,8,phone",
            "is none of self, interviewer and volunteered.",
        ),
        ("user_id,account", "U0ANA,Delta", 'The account "Delta" is not known.'),
        ("user_id,email", "U0ANA,ana@", 'The e-mail address "ana@" is not one.'),
        ("email", "ana@beta.example", "Give the user_id, or set SLACK_BOT_TOKEN"),
        ("user_id,name", ",Ana", "It names nobody"),
        ("name,arr,currency", "Beta,1,XXQ", 'The currency "XXQ" is not known.'),
        ("name,arr,currency", "Beta,1,USD", "The amount is in USD, and all others are in EUR"),
        ("name,arr", "Beta,12.000", 'The amount "12.000" is not a whole number'),
        ("name,domains", "Beta,gmail.com", "Anybody can have an address at gmail.com"),
        ("name,domains", "Beta,good.example", 'belongs to the account "Good" already'),
        ("name,team_id", "Beta,T0NORTH", "is your own Slack workspace"),
        ("name,segment", "Beta", "It has 1 cells, and the header 2."),
    ],
)
async def test_a_bad_row_is_told_by_its_line_and_the_good_ones_are_kept(
    keeper: CommandLine, database: Database, header: str, row: str, sentence: str
):
    await imported(keeper, "name,arr,currency,domains\nGood,1,EUR,good.example\n")
    good = {
        "date,": "2025-11-01,U0EVE,support,8" + "," * (header.count(",") - 3),
        "user_": "U0EVE,",
        "email": "",
        "name,": "Fine" + "," * header.count(","),
    }
    outcome = await imported(keeper, f"{header}\n{good[header[:5]]}\n{row}\n")
    assert outcome.code == 1
    assert "line 3: " in outcome.said
    assert sentence in outcome.said
    assert "1 refused." in outcome.said
    assert header == "email" or "1 added" in outcome.said


async def test_the_same_row_twice_in_a_file_is_refused_once(keeper: CommandLine):
    outcome = await imported(keeper, ANSWERS + "2025-11-02,U0ANA,support,3,=HYPERLINK(1)\n")
    assert "line 6: The same stands in line 2 already." in outcome.said
    assert "3 added" in outcome.said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("date,user_id,survey,score (1-10)\n", "Scores from 1 to 10 cannot be taken over"),
        ("fruit,colour\n", "is not recognised by its first line"),
        ("name,colour\n", 'A file of accounts has no column "colour".'),
        ("date,score,survey\n", "needs the column user_id or email"),
        ("", "is empty"),
    ],
)
async def test_a_file_that_cannot_be_meant_is_refused_whole(keeper: CommandLine, content: str, sentence: str):
    outcome = await imported(keeper, content)
    assert (outcome.code, sentence in outcome.said) == (2, True)


async def test_a_dry_run_tells_everything_and_keeps_nothing(keeper: CommandLine, database: Database):
    outcome = await imported(keeper, ANSWERS, "--dry-run")
    assert "3 added" in outcome.said
    assert "nothing was kept" in outcome.said
    assert await rows(database, Contact) == await rows(database, Response) == []


async def test_an_address_is_looked_up_where_there_is_a_token(
    nps_bot: CommandLine, strict_slack: FakeSlack, migrated: Database, sqlite_url: str
):
    async with migrated.transaction() as tx:
        await make_workspace(tx, now=NOW)
    nps_bot.set(DATABASE_URL=sqlite_url, SLACK_BOT_TOKEN=strict_slack.bot_token, SLACK_API_URL=strict_slack.api_url)
    outcome = await imported(nps_bot, "email\nana@beta.example\nnobody@beta.example\n")
    assert "line 3: Nobody in Slack has the address nobody@beta.example." in outcome.said
    [ana] = await rows(migrated, Contact)
    assert (ana.user_id, ana.name, ana.email) == ("U0ANA", "Ana Ruiz", "ana@beta.example")


async def test_accounts_that_come_later_find_the_people_who_are_known(keeper: CommandLine, database: Database):
    await imported(keeper, "user_id,email\nU0ANA,ana@eu.beta.example\nU0KIM,kim@gmail.com\n")
    await imported(keeper, ACCOUNTS)
    ana, kim = await rows(database, Contact)
    assert (ana.account_id is None, kim.account_id) == (False, None)
    unmatched = (await keeper.run("export", "contacts", "--unmatched", "--to", "out.csv")).said
    assert "1 contacts written" in unmatched
    assert "U0KIM" in await asyncio.to_thread(Path("out.csv").read_text)


async def test_somebody_who_said_no_elsewhere_is_not_asked_here(keeper: CommandLine, database: Database):
    await imported(keeper, "user_id\nU0ANA\n")
    await imported(keeper, "user_id,opted_out_at\nU0ANA,2025-01-01\nU0KIM,2025-01-01\n")
    await imported(keeper, "user_id,opted_out_at\nU0ANA,\n")
    assert [each.opted_out_at is None for each in await rows(database, Contact)] == [False, False]


async def test_what_is_written_is_private_and_runs_nothing(keeper: CommandLine):
    for content in (ACCOUNTS, CONTACTS, ANSWERS):
        await imported(keeper, content)
    assert (await keeper.run("export", "answers", "--to", "out.csv")).code == 0
    file = Path("out.csv")
    assert stat.S_IMODE((await asyncio.to_thread(file.stat)).st_mode) == 0o600
    assert ",3,'=HYPERLINK(1)" in await asyncio.to_thread(file.read_text)


async def test_export_and_import_into_an_empty_database_and_export_gives_the_same(
    keeper: CommandLine, sqlite_template: Path, tmp_path: Path
):
    for content in (ACCOUNTS, CONTACTS, ANSWERS):
        await imported(keeper, content)
    await imported(keeper, INTERVIEWS)
    await same_after_a_round_trip(keeper, sqlite_template, tmp_path)


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
BEGUN = st.builds("{}{}".format, st.sampled_from(["", "=", "'=", "''+", "@", "-", "\t", "\r\n", '"', ";"]), TEXT)
PEOPLE = st.from_regex(r"U[A-Z0-9]{2,6}", fullmatch=True)
OLD = st.tuples(st.datetimes(datetime(2020, 1, 1), datetime(2025, 1, 1)), PEOPLE, st.integers(0, 10), BEGUN, BEGUN)  # noqa: DTZ001


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=st.lists(OLD, max_size=6), names=st.lists(BEGUN, max_size=4, unique_by=str.strip))
async def test_whatever_stands_in_the_cells_comes_back_as_it_was(
    nps_bot: CommandLine, sqlite_template: Path, tmp_path: Path, old: list[tuple], names: list[str]
):
    database = await fresh(nps_bot, sqlite_template, tmp_path / "first.db")
    await database.close()
    accounts = [["name", "segment"], *([name, name[::-1]] for name in names)]
    answers = [["date", "user_id", "survey", "score", "comment", "name"]]
    answers += [[at.isoformat(), who, "support", str(score), comment, name] for at, who, score, comment, name in old]
    for table in (accounts, answers):
        await imported(nps_bot, "".join(",".join(quoted(cell) for cell in row) + "\n" for row in table))
    await same_after_a_round_trip(nps_bot, sqlite_template, tmp_path)


async def same_after_a_round_trip(bot: CommandLine, template: Path, folder: Path) -> None:
    before = await exported(bot, "before")
    database = await fresh(bot, template, folder / "second.db")
    await database.close()
    for kind in before:
        assert (await bot.run("import", f"before-{kind}.csv")).code == 0
    assert await exported(bot, "after") == before


async def exported(bot: CommandLine, name: str) -> dict[str, bytes]:
    for kind in ("accounts", "contacts", "answers"):
        assert (await bot.run("export", kind, "--to", f"{name}-{kind}.csv")).code == 0
    paths = {kind: Path(f"{name}-{kind}.csv") for kind in ("accounts", "contacts", "answers")}
    return {kind: await asyncio.to_thread(path.read_bytes) for kind, path in paths.items()}


async def fresh(bot: CommandLine, template: Path, path: Path) -> Database:
    """An empty SQLite database for the commands that follow."""
    url = databases.copy_file(template, path)
    database = Database(url)
    async with database.transaction() as tx:
        await make_workspace(tx, now=NOW)
    bot.set(DATABASE_URL=url)
    return database


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'
