"""Favours as happy people see them, all in the private room: the box to tick, what they can do, and the thanks."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from bot.rules.favours import FavourKind
from bot.services.favours import Taken
from bot.slack import contexts, wire
from bot.slack.blocks.kit import (
    OPTION_LABEL,
    Block,
    View,
    actions,
    button,
    choices,
    context,
    field,
    link_button,
    modal,
    quote,
    section,
    tick,
    typed,
)
from bot.texts import Speaker, speaker
from bot.texts.markup import Mrkdwn, bold, day, isolated, shorten
from storage.models import Favour

LONGEST_NAME, LONGEST_PRAISE, LISTED_WORDS = 150, 1000, 300
MARK = 16
SIGNED, NO = "signed:", "no"  # what a choice is worth


def favour_box(say: Speaker) -> Block:
    """The only thing that is offered: whoever leaves it alone hears no more of it."""
    return field(
        "favour",
        say("May we ask you a favour?"),
        tick(wire.VALUE, say("Yes, show me what I can do")),
        optional=True,
    )


def favours_modal(taken: Taken, helpers: Mapping[str, str]) -> View:
    """`helpers`: the names of colleagues who may be praised, by Slack id."""
    say = speaker(taken.invitation.language)
    fields = [*_quote(say, taken), *_referral(say, taken), *_kudos(say, taken, helpers)]
    lead = section(say.mrkdwn("Thank you. Each of these is up to you; leave empty what you would rather not do."))
    return modal(
        say("A favour"),
        [lead, *fields, *_review(say, taken)],
        callback_id=wire.FAVOURS_MODAL,
        submit=say("Send") if fields else None,
        close=say("Close"),
        metadata=contexts.pack(contexts.FavoursContext(taken.invitation.id, consent_mark(taken))),
    )


def favours_thanks(language: str, *, is_quoted: bool) -> View:
    say = speaker(language)
    told = [section(say.mrkdwn("Thank you very much. We have passed it on."))]
    if is_quoted:
        told.append(
            section(say.mrkdwn('You can withdraw your consent to be quoted at any time, under "What we keep".'))
        )
    return modal(say("A favour"), told, close=say("Close"))


def consent(taken: Taken) -> str:
    """What somebody agrees to who chooses a signature; kept with the quote, word for word."""
    say = speaker(taken.invitation.language)
    return say(
        "{company} may show these words to others, for example on its website, signed as I choose here. "
        "I can withdraw this consent at any time.",
        company=taken.company,
    )


def consent_mark(taken: Taken) -> str:
    """Tells whether what somebody agreed to is still what they saw."""
    return sha256(f"{consent(taken)}\n{taken.response.comment}".encode()).hexdigest()[:MARK]


def signatures(say: Speaker, taken: Taken) -> Sequence[str]:
    """How the quote may be signed, in the very words that are kept when it is chosen."""
    name, account = taken.contact.name, taken.account
    of_company = [f"{name}, {account}", say("Somebody at {company}", company=account)] if account else []
    return [shorten(each, OPTION_LABEL) for each in (*of_company, name, say("Without a name"))]


def signature(chosen: str | None) -> str | None:
    """What the quote is to be signed with; None: they would rather not be quoted."""
    return chosen.removeprefix(SIGNED) if chosen and chosen.startswith(SIGNED) else None


def own_favours(say: Speaker, favours: Sequence[Favour]) -> list[Block]:
    """For the page about oneself."""
    return [block for favour in favours for block in _own(say, favour)]


def _quote(say: Speaker, taken: Taken) -> list[Block]:
    if FavourKind.QUOTE not in taken.setup.kinds or not taken.response.comment:
        return []
    signed = [(f"{SIGNED}{each}", each) for each in signatures(say, taken)]
    options = [*signed, (NO, say("Please do not quote me"))]  # what was chosen cannot be unchosen, but for another
    return [
        section(bold(say("Your words"))),
        quote(taken.response.comment),
        field(
            "naming",
            say("May we quote you?"),
            choices(wire.VALUE, options),
            optional=True,
            hint=consent(taken),
        ),
    ]


def _referral(say: Speaker, taken: Taken) -> list[Block]:
    if FavourKind.REFERRAL not in taken.setup.kinds:
        return []
    hint = say("Please ask them first. {company} may say that it was you who recommended us.", company=taken.company)
    return [
        field("who", say("Do you know somebody we could help?"), _line(), optional=True),
        field("reach", say("How can we reach them?"), _line(), optional=True, hint=hint),
    ]


def _kudos(say: Speaker, taken: Taken, helpers: Mapping[str, str]) -> list[Block]:
    if FavourKind.KUDOS not in taken.setup.kinds:
        return []
    words = typed(wire.VALUE, longest=LONGEST_PRAISE, lines=True)
    asked = field("praise", say("Who or what helped you?"), words, optional=True)
    if not helpers:
        return [asked]
    hint = say("Your words go to them. If you choose nobody, they go to the team.")
    whom = choices(wire.VALUE, [*helpers.items(), (NO, say("Nobody in particular"))])
    return [asked, field("colleague", say("Is it about somebody here?"), whom, optional=True, hint=hint)]


def _review(say: Speaker, taken: Taken) -> list[Block]:
    if FavourKind.REVIEW not in taken.setup.kinds or not taken.setup.review_url:
        return []
    told = section(say.mrkdwn("Would you write a review? The link leads to another site."))
    return [told, actions(link_button(say("Write a review"), taken.setup.review_url))]


def _line() -> dict[str, object]:
    return typed(wire.VALUE, longest=LONGEST_NAME)


def _own(say: Speaker, favour: Favour) -> list[Block]:
    when = day(favour.given_at, language=say.language)
    match FavourKind(favour.kind):
        case FavourKind.QUOTE:
            return _own_quote(say, favour, when)
        case FavourKind.KUDOS:
            return [section(say.mrkdwn("You praised us, {day}", day=when)), quote(_short(favour.words))]
    who = isolated(shorten(favour.who or "", LISTED_WORDS))
    return [section(say.mrkdwn("You told us of somebody, {day}: {who}", day=when, who=who))]


def _own_quote(say: Speaker, favour: Favour, when: Mrkdwn) -> list[Block]:
    words = quote(_short(favour.words))
    if favour.revoked_at is not None:
        back = day(favour.revoked_at, language=say.language)
        return [section(say.mrkdwn("You withdrew your consent to be quoted, {day}", day=back)), words]
    told = say.mrkdwn(
        "We may quote you, signed: {signature}, {day}", signature=bold(isolated(favour.named_as or "")), day=when
    )
    agreed = context(say.mrkdwn("You agreed: {consent}", consent=favour.consent))
    return [section(told), words, agreed, actions(button(say("Withdraw consent"), wire.REVOKE_QUOTE, str(favour.id)))]


def _short(words: str | None) -> str:
    return shorten(words or "", LISTED_WORDS)
