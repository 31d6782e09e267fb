"""Reporting: `/nps` says who waits, then the number, and never more than it knows."""

from datetime import timedelta
from uuid import uuid4

from storage.models import Contact, Invitation, Response
from tests.house import ADMIN, ANA, BO, CY, House

COMMENT = "Exports time out every Monday."


async def answers(house: House, scores: dict[int, int], *, kind: str = "relational", days_ago: float = 1) -> None:
    """As many people as the counts say gave these scores, that long ago."""
    at = house.now - timedelta(days=days_ago)
    survey_id = 1 if kind == "relational" else 2
    common = {"workspace_id": house.slack.team_id, "survey_id": survey_id, "kind": kind}
    async with house.database.transaction() as tx:
        for score, count in scores.items():
            for _ in range(count):
                user_id = f"U{uuid4().hex}"
                person = Contact(workspace_id=house.slack.team_id, user_id=user_id, name="P", first_seen_at=at)
                tx.add(person)
                await tx.flush()
                asked = Invitation(
                    **common, contact_id=person.id, occasion="x", subject="N", language="en", state="answered",
                    created_at=at, send_at=at, sent_at=at, closed_at=at,
                )  # fmt: skip
                tx.add(asked)
                await tx.flush()
                given = Response(
                    **common, contact_id=person.id, invitation_id=asked.id, score=score, scored_at=at, answered_at=at
                )
                tx.add(given)
                await tx.flush()


async def test_without_answers_it_says_so_and_how_to_get_one(small_house: House):
    told = await small_house.nps(BO)
    assert "No answers yet" in told
    assert "/nps ask" in told


async def test_who_is_waiting_comes_first(house: House):
    await house.choose_channel()
    await house.click_score(ANA, await house.ask(), 3)
    await house.comment(ANA, COMMENT)
    told = await house.nps(BO)
    assert told.index("1 customer is waiting:") < told.index("detractor")
    assert "Ana Ruiz, since" in told
    await house.slack.click(CY, house.alerts()[-1], "claim")
    await house.settle()
    assert "waiting" not in await house.nps(BO)


async def test_under_ten_answers_there_are_counts_and_no_score(small_house: House):
    await answers(small_house, {10: 5, 8: 1, 2: 3})
    told = await small_house.nps(BO)
    assert "5 promoters · 1 passive · 3 detractors" in told
    assert "NPS" not in told.replace("/nps", "")


async def test_the_score_comes_with_its_range_and_from_thirty_answers_without_a_warning(house: House):
    await answers(house, {10: 24, 8: 9, 3: 7})
    told = await house.nps(BO)
    assert "*NPS +43* (likely +16 to +63), relationship, last 90 days" in told
    assert "40 answers; 100% of finished asks were answered" in told
    assert "few answers" not in told


async def test_ten_to_twenty_nine_answers_are_called_few(small_house: House):
    await answers(small_house, {10: 6, 8: 4, 3: 2})
    assert "*NPS +33* (likely −11 to +65), relationship, last 90 days; few answers" in await small_house.nps(BO)


async def test_two_periods_are_compared_and_a_change_is_claimed_only_when_it_is_clear(house: House):
    await answers(house, {10: 24, 8: 9, 3: 7})
    await answers(house, {10: 20, 8: 8, 3: 10}, days_ago=100)
    assert "90 days before: +26 (38 answers). No clear change." in await house.nps(BO)
    await answers(house, {10: 200})
    assert "Higher by" in await house.nps(BO)


async def test_with_few_answers_the_window_widens_to_a_year_and_says_so(small_house: House):
    await answers(small_house, {9: 4})
    await answers(small_house, {9: 20}, days_ago=200)
    told = await small_house.nps(BO)
    assert "last 365 days (the last 90 hold fewer than 10 answers)" in told
    assert "24 answers" in told


async def test_survey_kinds_are_never_pooled(small_house: House):
    await answers(small_house, {10: 12})
    await answers(small_house, {0: 8}, kind="transactional")
    told = await small_house.nps(BO)
    assert "*NPS +100*" in told
    assert "After support: 0 promoters, 0 passives, 8 detractors; too few for a score" in told


async def test_after_support_one_answer_per_person_in_thirty_days_counts(house: House):
    for days in (0, 29):
        await house.later(days=days)
        await house.nps(BO, f"ask <@{ANA}> support")
        if days:
            await house.slack.click(BO, house.slack.ephemerals_for(BO)[-1], "ask_anyway")
            await house.settle()
        await house.click_score(ANA, house.cards(house.slack.dm_of(ANA))[-1], 10 if days else 0)
        await house.slack.close_view(ANA)
    assert "After support: 0 promoters, 0 passives, 1 detractor" in await house.nps(BO)


async def test_detractors_are_listed_newest_first_with_what_became_of_them(house: House):
    await house.choose_channel()
    await house.click_score(ANA, await house.ask(), 3)
    await house.comment(ANA, COMMENT)
    told = await house.nps(BO, "detractors 5")
    assert "*Ana Ruiz: 3*" in told
    assert COMMENT in told
    assert "nobody yet" in told


async def test_the_longest_list_of_detractors_still_fits_a_message(small_house: House):
    await answers(small_house, {0: 30})
    assert (await small_house.nps(ADMIN, "detractors 20")).count("P: 0") == 20


async def test_people_who_did_not_answer_are_in_the_rate(small_house: House):
    card = await small_house.ask()
    await small_house.click_score(ANA, card, 9)
    card = await small_house.ask("U0KIM")
    await small_house.slack.click("U0KIM", card, "stop_asking")
    await small_house.settle()
    assert "50% of finished asks were answered" in await small_house.nps(BO)
