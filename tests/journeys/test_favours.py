"""A happy customer ticks a box in the private room and does us a favour; nobody in a shared place ever sees that."""

import json

import pytest
from sqlalchemy import select, update

from bot.services import privacy
from storage.models import Account, Base, Contact, Favour, FavourOffer, Response
from tests.fake_slack import Message
from tests.house import ADMIN, ALERTS, ANA, BO, CY, GUEST, HELP, KIM, House
from tests.small import on_sqlite

PRAISE = "Bo stayed until it worked, <!channel>."
ALL = ["quote", "referral", "kudos"]
CONSENT = (
    "Northwind may show these words to others, for example on its website, signed as I choose here. "
    "I can withdraw this consent at any time."
)
GIFT = {"naming": "signed:Ana Ruiz", "who": "Zoe Zimmer", "reach": "zoe@zeta.example", "praise": "The new export."}


async def set_up(house: House, *kinds: str, url: str = "") -> None:
    await house.choose_channel()
    await house.nps(ADMIN, "favours")
    await house.press(ADMIN, house.slack.ephemerals_for(ADMIN)[-1], "edit_favours")
    await house.comment(ADMIN, kinds=list(kinds or ALL), review_url=url)


async def answer(house: House, score: int = 10, *, person: str = ANA) -> Message:
    """In a thread; the modal is open after it."""
    card = await house.ask_in_thread(person)
    await house.click_score(person, card, score)
    return card


async def tick(house: House, *, comment: str = PRAISE, person: str = ANA) -> None:
    await house.comment(person, comment, favour=["yes"])


def fields(house: House, person: str = ANA) -> list[str]:
    view = house.slack.open_view(person)
    return [block["block_id"] for block in view.blocks if block["type"] == "input"] if view else []


async def kept(house: House) -> dict[str, Favour]:
    async with house.database.reading() as tx:
        return {each.kind: each for each in await tx.scalars(select(Favour))}


async def given(house: House, **gift: object) -> Message:
    """The whole way, to the messages that left."""
    await set_up(house)
    card = await answer(house)
    await tick(house)
    await house.comment(ANA, **(gift or GIFT))
    await house.later(seconds=9)
    return card


def told(house: House, place: str) -> str:
    return "\n".join(each.shown for each in house.cards(place))


@pytest.mark.parametrize("score", range(11))
async def test_the_box_stands_in_the_private_room_of_happy_people_only(small_house: House, score: int):
    await set_up(small_house)
    await answer(small_house, score)
    assert ("favour" in fields(small_house)) is (score >= 9)


async def test_nothing_is_offered_until_a_manager_says_what(small_house: House):
    await small_house.choose_channel()
    await answer(small_house)
    assert "favour" not in fields(small_house)
    assert "Nothing is asked for so far" in await small_house.nps(CY, "favours")


@pytest.mark.parametrize("score", [3, 8, 10])
async def test_in_a_shared_place_nothing_tells_who_was_offered_one(small_house: House, score: int):
    await set_up(small_house)
    card = await answer(small_house, score)
    await small_house.comment(ANA, PRAISE, **({"favour": ["yes"]} if score > 8 else {}))
    if score > 8:
        await small_house.comment(ANA, **GIFT)
    await small_house.later(minutes=9)
    lines = [each.shown for each in small_house.cards(HELP)]
    assert [line.replace("\n", "").replace("Add or changeWhat we keep", "") for line in lines] == [
        "Thank you, Ana Ruiz. Your answer went privately to Northwind."
    ]
    assert small_house.card(card).thread_ts


async def test_whoever_ticks_the_box_sees_what_they_can_do_and_the_team_hears_of_it(house: House):
    await set_up(house)
    await answer(house)
    await tick(house)
    assert fields(house) == ["naming", "who", "reach", "praise", "colleague"]
    assert PRAISE in house.slack.open_view(ANA).shown
    await house.comment(ANA, **GIFT)
    assert "Thank you very much. We have passed it on." in house.slack.open_view(ANA).shown
    await house.later(seconds=9)
    team = told(house, ALERTS)
    assert "*Ana Ruiz* recommends us to somebody" in team
    assert "Zoe Zimmer\nzoe@zeta.example" in team
    assert "*Ana Ruiz* lets us quote them, signed: Ana Ruiz." in team
    assert "*Ana Ruiz* says who or what helped:" in team
    page = await house.nps(CY, "favours")
    assert "1 quote · 1 referral · praised 1 time" in page
    assert "Saw the box: 1; ticked it: 1." in page


async def test_consent_is_kept_with_the_very_words_the_date_and_the_signature(house: House):
    await given(house, naming="signed:Without a name")
    quote = (await kept(house))["quote"]
    assert (quote.words, quote.consent, quote.named_as) == (PRAISE, CONSENT, "Without a name")
    assert (house.now - quote.given_at).total_seconds() < 60
    listed = await house.nps(CY, "quotes")
    assert "Sign it: *Without a name* · from Ana Ruiz" in listed
    assert PRAISE in listed
    assert CONSENT in listed


@on_sqlite
@pytest.mark.parametrize("naming", [None, "no"])
async def test_no_signature_is_no_consent(house: House, naming: str | None):
    await given(house, who="Zoe Zimmer", **({"naming": naming} if naming else {}))
    assert list(await kept(house)) == ["referral"]
    assert "Nobody has said yet that we may quote them" in await house.nps(CY, "quotes")


@on_sqlite
async def test_words_that_changed_since_they_were_shown_are_not_quoted(house: House):
    await set_up(house)
    await answer(house)
    await tick(house)
    async with house.database.transaction() as tx:  # elsewhere, while this modal was open
        await tx.execute(update(Response).values(comment="No, he did not."))
    await house.comment(ANA, **GIFT)
    assert "quote" not in await kept(house)


@on_sqlite
async def test_without_words_there_is_nothing_to_quote(house: House):
    await set_up(house, "quote")
    await answer(house)
    await tick(house, comment="")
    assert fields(house) == []
    assert PRAISE not in house.slack.open_view(ANA).shown


async def test_praise_goes_to_the_colleague_it_is_for(house: House):
    await given(house, praise="Bo was kind.", colleague=BO)
    assert f"*Ana Ruiz* praises <@{BO}>:\nBo was kind." in told(house, house.slack.dm_of(BO))
    assert "Bo was kind." not in told(house, ALERTS)


@on_sqlite
async def test_a_referral_goes_to_the_owner_of_the_account(house: House):
    await set_up(house)
    await answer(house)
    async with house.database.transaction() as tx:
        account = Account(workspace_id="T0NORTH", name="Beta GmbH", owner_id=CY, created_at=house.now)
        tx.add(account)
        await tx.flush()
        await tx.execute(update(Contact).values(account_id=account.id, is_account_by_hand=True))
    await tick(house)
    assert "Ana Ruiz, Beta GmbH" in json.dumps(house.slack.open_view(ANA).blocks)
    await house.comment(ANA, **GIFT | {"naming": "signed:Somebody at Beta GmbH"})
    await house.later(seconds=9)
    assert "Zoe Zimmer" in told(house, house.slack.dm_of(CY))
    assert "Zoe Zimmer" not in told(house, ALERTS)


@on_sqlite
async def test_praise_for_somebody_who_is_gone_reaches_the_team(house: House):
    await set_up(house)
    await answer(house)
    await tick(house)
    house.slack.fail_next("chat.postMessage", "user_not_found")
    await house.comment(ANA, praise="Bo was kind.", colleague=BO)
    await house.later(minutes=1)
    assert "Bo was kind." in told(house, ALERTS)
    assert "Bo was kind." not in told(house, house.slack.dm_of(BO))


@on_sqlite
async def test_once_in_half_a_year_and_with_the_same_answer_until_it_is_taken(house: House):
    await set_up(house)
    card = await answer(house)
    await house.comment(ANA, "It works.")
    await house.press(ANA, house.card(card), "change_answer")
    assert "favour" in fields(house)
    await tick(house, comment="It works well.")
    await house.comment(ANA, **GIFT)
    await house.press(ANA, house.card(card), "change_answer")
    assert "favour" not in fields(house)
    await house.later(days=100)
    await answer(house)
    assert "favour" not in fields(house)
    await house.later(days=102)
    await answer(house)
    assert "favour" in fields(house)


@on_sqlite
async def test_the_box_comes_and_goes_with_the_score_in_the_modal(house: House):
    await set_up(house)
    await answer(house, 4)
    async with house.database.reading() as tx:
        assert (await tx.scalars(select(FavourOffer))).all() == []
    await pick(house, 9)
    assert "favour" in fields(house)
    await pick(house, 5)
    assert "favour" not in fields(house)


async def pick(house: House, score: int) -> None:
    ack = await house.slack.select(ANA, house.slack.open_view(ANA), "score_picked", f"1:{score}")
    assert ack.ok, ack
    await house.settle()


async def test_sent_twice_it_is_one_favour_of_each_kind(house: House):
    await set_up(house)
    await answer(house)
    await tick(house)
    sent = await house.slack.submit(ANA, GIFT)
    await house.slack.redeliver(sent)
    await house.later(seconds=9)
    assert sorted(await kept(house)) == ["kudos", "quote", "referral"]
    assert told(house, ALERTS).count("Zoe Zimmer") == 1


async def test_consent_can_be_taken_back_at_home_and_the_team_sees_it(house: House):
    await given(house)
    page = await house.home(ANA)
    assert "We may quote you, signed: *Ana Ruiz*" in page
    await house.press(ANA, house.home_page(ANA), "revoke_quote")
    await house.later(seconds=9)
    assert "You withdrew your consent to be quoted" in house.home_page(ANA).shown
    assert "*Ana Ruiz* no longer lets us quote them." in told(house, ALERTS)
    assert PRAISE not in told(house, ALERTS)
    listed = await house.nps(CY, "quotes")
    assert PRAISE not in listed
    assert "Taken back, use no more: Ana Ruiz" in listed


@on_sqlite
async def test_whoever_has_no_home_here_takes_it_back_under_what_we_keep(house: House):
    card = await given(house)
    await house.press(ANA, house.card(card), "what_we_keep")
    await house.press(ANA, house.slack.open_view(ANA), "revoke_quote")
    assert "You withdrew your consent to be quoted" in house.slack.open_view(ANA).shown
    assert (await kept(house))["quote"].revoked_at is not None


@on_sqlite
async def test_after_a_command_too(house: House):
    await given(house)
    await house.nps(ANA, "me")
    page = house.slack.ephemerals_for(ANA)[-1]
    await house.press(ANA, page, "revoke_quote")
    assert (await kept(house))["quote"].revoked_at is not None


@on_sqlite
async def test_erasing_the_person_removes_what_they_gave_and_every_message_of_it(house: House):
    await given(house, **GIFT | {"colleague": BO})
    async with house.database.transaction() as tx:
        await privacy.erase(tx, "T0NORTH", ANA, now=house.now)
    await house.later(minutes=2)
    assert await kept(house) == {}
    everywhere = "".join(told(house, place) for place in (ALERTS, HELP, house.slack.dm_of(BO), house.slack.dm_of(ANA)))
    assert [each for each in ("Ana", "Zoe", "zeta", "export") if each in everywhere] == []
    async with house.database.reading() as tx:
        for table in Base.metadata.sorted_tables:
            assert "Zoe" not in str((await tx.execute(select(table))).all())


@on_sqlite
async def test_erasing_the_colleague_removes_what_was_said_of_them(house: House):
    await given(house, praise="Bo was kind.", colleague=BO)
    async with house.database.transaction() as tx:
        await privacy.erase(tx, "T0NORTH", BO, now=house.now)
    await house.later(minutes=2)
    assert (await kept(house))["kudos"].colleague_id is None
    assert "Bo was kind." not in told(house, house.slack.dm_of(BO))


@on_sqlite
async def test_when_outsiders_read_the_channel_the_news_leaves_it(house: House):
    await given(house)
    assert "Zoe" in told(house, ALERTS)
    await house.slack.share(ALERTS)
    await house.later(minutes=1)
    assert "Zoe" not in told(house, ALERTS)


@on_sqlite
async def test_a_rehearsal_offers_nothing(house: House):
    await set_up(house)
    await house.nps(BO, "try")
    await house.click_score(BO, house.cards(house.slack.dm_of(BO))[-1], 10)
    assert "favour" not in fields(house, BO)


async def test_a_review_needs_an_address_and_leads_there(small_house: House):
    await set_up(small_house, "review", url="https://reviews.example/northwind")
    await answer(small_house)
    await tick(small_house)
    assert "https://reviews.example/northwind" in json.dumps(small_house.slack.open_view(ANA).blocks)


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("", "I need an address"),
        ("http://reviews.example", "begins with https://"),
        ("reviews.example", "begins with https://"),
        ("https://a.example|b", "begins with https://"),
    ],
)
async def test_an_address_that_is_none_stays_in_the_modal(small_house: House, url: str, error: str):
    await small_house.nps(ADMIN, "favours")
    await small_house.press(ADMIN, small_house.slack.ephemerals_for(ADMIN)[-1], "edit_favours")
    ack = await small_house.slack.submit(ADMIN, {"kinds": ["review"], "review_url": url})
    assert error in ack.body["errors"]["review_url"]


async def test_only_managers_choose_and_only_colleagues_look(small_house: House):
    await small_house.choose_channel()
    await small_house.nps(CY, "favours")
    assert "edit_favours" not in json.dumps(small_house.slack.ephemerals_for(CY)[-1].blocks)
    for command in ("promoters", "quotes", "recovery"):
        assert "can answer, but not use this" in await small_house.nps(GUEST, command)


async def test_everything_is_said_in_the_persons_own_language(small_house: House):
    await set_up(small_house)
    await answer(small_house, person=KIM)
    assert "Dürfen wir Sie um einen Gefallen bitten?" in small_house.slack.open_view(KIM).shown
    await tick(small_house, person=KIM)
    assert "Dürfen wir Sie zitieren?" in small_house.slack.open_view(KIM).shown
    await small_house.comment(KIM, naming="signed:Ohne Namen")
    assert "Northwind darf diese Worte anderen zeigen" in (await kept(small_house))["quote"].consent
