"""Every no has a sentence of its own, whole, in the words of whoever reads it."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import errors
from bot.errors import (
    InputRefused,
    NobodyToAsk,
    PersonUnknown,
    PlaceRefused,
    Refusal,
    StepRefused,
    TakenAlready,
    Withheld,
)
from bot.rules.permissions import Permission
from bot.rules.recontact import Because
from bot.texts import LANGUAGES, speaker
from bot.texts.markup import as_plain
from bot.texts.refusals import SENTENCES, sentence

AT = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
BOT = Path(errors.__file__).parent
say = speaker("en")

# One of each kind and each reason, with and without what may be missing.
REFUSALS = [
    errors.NotInvited(),
    errors.NotAddressed(),
    errors.ReplyUnwanted(),
    errors.QuestionGone(),
    errors.QuestionWithdrawn(),
    errors.QuestionClosed(closed_at=AT),
    errors.AnswerSettled(until=AT),
    errors.OutsidersCannot(),
    errors.ChannelChosen(),
    errors.RouteGone(),
    errors.ThemeGone(),
    errors.CommentGone(),
    errors.ScopeMissing("files:write"),
    errors.NotUnderstood("reprot", "report"),
    errors.TooMuchWanted(),
    errors.NotYours(),
    *(errors.NotComparable(because) for because in ("sides", "shared", "kinds")),
    errors.NotUnderstood("{oops}"),
    errors.SurveyUnknown("suport", ("support", "relationship")),
    errors.SurveyUnknown("17"),
    errors.Halted(since=AT, by="U0BO"),
    errors.Halted(since=AT, by=None),
    *(errors.NotAllowed(permission, who) for permission in Permission for who in ((), ("U0BO", "U0CY"))),
    *(PersonUnknown("Ana {Ruiz}", why) for why in ("unknown", "email", "email_scope", "handle", "several", "channel")),
    *(
        PlaceRefused(why, where)
        for why in ("not_in_channel", "archived", "shared", "gone", "direct", "no_channel")
        for where in ("C0", None)
    ),
    *(StepRefused(why) for why in ("no_person", "no_message", "elsewhere")),
    *(NobodyToAsk(why) for why in ("no_customer", "no_history")),
    *(Withheld(why, until=AT, days_ago=12) for why in (*Because, "paused", "by_itself", "confidential")),
    *(Withheld(why) for why in (*Because, "paused", "by_itself", "confidential")),
    *(TakenAlready(state, who) for state in ("open", "claimed", "resolved") for who in ("U0BO", None)),
    *(
        InputRefused("field", why)
        for why in (
            *("name_shape", "name_taken", "channel_shared", "channel_archived", "note_missing", "too_many"),
            *("after_days", "review_url_shape", "review_url_missing"),
            *("theme_name_length", "theme_name_taken", "themes_many", "words_many", "words_shape"),
            *("window_empty", "no_weekday", "account_unknown", "share_shared", "share_not_member", "share_archived"),
            *("to_colleague", "until_day", "zone_unknown"),
            *("digest_shared", "digests_many"),
            *("blackout_shape", "blackout_length", "blackouts_many"),
            *("reaction_unknown", "reaction_taken", "reaction_relational", "open_relational", "delay_length"),
            *("not_customer", "reply_missing"),
            *("schedule_transactional", "every_days", "check_in_day", "most_a_day", "properties_shape"),
            "accounts_unknown",
            *("routes_many", "segment_unknown", "arr_shape", "score_shape"),
            *("mention_colleague", "mention_group", "mention_outsider"),
            *("confidential_open", "survey_confidential"),
            *("survey_not_relational", "held_in_future", "held_on_unknown"),
            *("note_day", "note_length", "notes_many"),
            *("webhook_name_length", "webhook_name_taken", "webhook_no_events", "webhook_url", "webhook_private"),
            "webhooks_many",
        )
    ),
]
every_refusal = pytest.mark.parametrize(
    "refusal", REFUSALS, ids=lambda refusal: f"{type(refusal).__name__} {' '.join(map(str, vars(refusal).values()))}"
)


def kinds(of: type[Refusal]) -> set[type[Refusal]]:
    return {each for child in of.__subclasses__() for each in (child, *kinds(child))}


def raised() -> Iterator[tuple[str, str]]:
    """Every reason the code gives by name: ("PlaceRefused", "archived")."""
    places = {"PersonUnknown": 1, "PlaceRefused": 0, "InputRefused": 1, "Withheld": 0, "NobodyToAsk": 0}
    for file in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in places:
                named = [keyword.value for keyword in node.keywords if keyword.arg == "because"]
                reason = (named or node.args[places[node.func.id] :][:1] or [None])[0]
                options = [reason.body, reason.orelse] if isinstance(reason, ast.IfExp) else [reason]
                yield from ((node.func.id, each.value) for each in options if isinstance(each, ast.Constant))


def test_every_refusal_has_a_sentence():
    assert set(SENTENCES) == kinds(Refusal)


@every_refusal
def test_a_refusal_says_a_whole_sentence(refusal):
    told = sentence(refusal, say)
    assert told[-1] in ".!?"
    assert not told[0].islower()
    assert "None" not in told


@every_refusal
def test_every_slot_of_a_refusal_is_filled(refusal):
    told = sentence(refusal, say).replace("{oops}", "").replace("Ana {Ruiz}", "").replace("{date_short_pretty}", "")
    assert "{" not in told.replace("{time}", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_can_be_said_to_a_reader_of_every_language(language):
    for refusal in REFUSALS:
        assert sentence(refusal, speaker(language))


@pytest.mark.parametrize(("kind", "because"), sorted(set(raised())))
def test_every_reason_the_code_gives_is_one_of_those_tried_here(kind, because):
    tried = {(type(refusal).__name__, str(refusal.because)) for refusal in REFUSALS if hasattr(refusal, "because")}
    assert (kind, because) in tried


@pytest.mark.parametrize(
    "refusal",
    [
        errors.NotAllowed(Permission.APPOINT, ("U0BO",)),
        errors.TakenAlready("resolved", "U0CY"),
        errors.QuestionClosed(closed_at=AT),
        errors.AnswerSettled(until=AT),
        errors.InputRefused("name", "name_taken"),
    ],
    ids=lambda refusal: type(refusal).__name__,
)
def test_a_refusal_inside_a_modal_is_plain_words(refusal):
    names = {"U0BO": "Bo Lind", "U0CY": "Cy Young"}
    assert not set("<>`*^") & set(as_plain(sentence(refusal, say), names))


def test_a_name_in_a_refusal_can_mention_nobody():
    assert "<!" not in sentence(PersonUnknown("<!channel>"), say)
