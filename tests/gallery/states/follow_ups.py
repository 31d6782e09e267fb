"""Work on a follow-up: what its alert shows on the way, the lines of its thread, the modals, and the lists."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.cli.sample_facts import COLLEAGUE, URL, account_facts, alert_facts, follow_up
from bot.rules.closing import UNSAID, ContactKind, Step
from bot.services.worklists import MOST_SHOWN, Item, Which, Worklist
from bot.slack.blocks.follow_up_log import escalation, line, nudge, words_wait
from bot.slack.blocks.follow_up_work import contacted_modal, hand_over_modal, snooze_modal
from bot.slack.blocks.follow_ups import AlertFacts, alert_card
from bot.slack.blocks.worklists import follow_up_list
from storage.models import FollowUpStep
from tests.gallery.documents import NOW, States, Whisper
from tests.gallery.states.people import COMMENTS, LONG_COMMENT, NAMES

CLAIMED = alert_facts(NOW, state="claimed")
LATER = NOW + timedelta(days=3)


def states() -> States:
    yield "alert-contacted", alert_card(in_work(contacted_at=NOW))
    yield "alert-put-off", alert_card(in_work(snoozed_until=LATER))
    yield "alert-escalated", alert_card(in_work(escalated_at=NOW))
    yield from _lines()
    yield "nudge", nudge(CLAIMED, COLLEAGUE)
    yield "nudge-nobody", nudge(alert_facts(NOW, state="open", name=NAMES["long-name"]), None)
    yield "nudge-put-off", nudge(in_work(contacted_at=NOW), COLLEAGUE)
    yield "escalation", escalation(CLAIMED, COLLEAGUE, f"{URL}archives/C0SAMPLE/p1")
    yield "nudge-words", words_wait(CLAIMED, COLLEAGUE)
    yield "nudge-words-nobody", words_wait(CLAIMED, None)
    yield "escalation-nobody", escalation(alert_facts(NOW, state="open"), None, None)
    yield "hand-over", hand_over_modal(CLAIMED, response_url=None)
    yield "log-a-contact", contacted_modal(CLAIMED, response_url=None)
    yield "put-off", snooze_modal(CLAIMED, until=LATER.date(), response_url=None)
    yield from _lists()


def in_work(**columns: Any) -> AlertFacts:
    return replace(CLAIMED, follow_up=replace(CLAIMED.follow_up, **columns))


def _lines() -> States:
    for what in Step:
        if what not in UNSAID and what != Step.CONTACTED:
            yield f"line-{what}", line(_step(what), CLAIMED.contact)
    for how in ContactKind:
        yield f"line-contacted-{how}", line(replace(_step(Step.CONTACTED), how=how), CLAIMED.contact)
    yield "line-reopened-by-customer", line(replace(_step(Step.REOPENED), by=None), CLAIMED.contact)
    yield "line-long-note", line(replace(_step(Step.RESOLVED), note=LONG_COMMENT), CLAIMED.contact)
    for which, words in COMMENTS.items():
        yield f"line-heard-{which}", line(replace(_step(Step.HEARD), note=words), CLAIMED.contact)


def _step(what: Step) -> FollowUpStep:
    noted = {Step.REPLIED: "We raised the time-out.", Step.HEARD: "It works now, thank you."}
    resolved = {"outcome": "fixed", "root_cause": "product"} if what == Step.RESOLVED else {}
    about: dict[str, Any] = {"by": COLLEAGUE, "to": COLLEAGUE, "note": noted.get(what), "until": LATER}
    return FollowUpStep(id=1, follow_up_id=1, what=what, at=NOW, **about, **resolved)


def _lists() -> States:
    for which in Which:
        yield f"follow-ups-{which}-none", Whisper(_list(which, []))
    yield "follow-ups-one", Whisper(_list(Which.MINE, [_item("claimed")]))
    yield "follow-ups-overdue", Whisper(_list(Which.OVERDUE, [_item("open", reply_due_at=NOW - timedelta(days=1))]))
    put_off = _item("claimed", snoozed_until=LATER)
    answered = _item("claimed", contacted_at=NOW)
    yield "follow-ups-all", Whisper(_list(Which.ALL, [_item("open"), put_off, answered]))
    contacts = [alert_facts(NOW, state="open", name=name).contact for name in NAMES.values()]
    named = [replace(_item("open"), contact=contact) for contact in contacts]
    yield "follow-ups-names", Whisper(_list(Which.OPEN, named))
    yield "follow-ups-many", Whisper(_list(Which.ALL, [_item("open")] * MOST_SHOWN, count=10_000))


def _item(state: str, **columns: Any) -> Item:
    facts = alert_facts(NOW, state=state)
    return Item(replace(follow_up(NOW, state), **columns), facts.response, facts.contact, account_facts(NOW).account)


def _list(which: Which, items: list[Item], *, count: int | None = None) -> Any:
    return follow_up_list(Worklist(which, items, count or len(items)), workspace_url=URL, now=NOW)
