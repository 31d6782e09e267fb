"""Favours as colleagues see them: the news of one, how many there were, what is asked for, and whom we may quote."""

from bot.rules.favours import FavourKind
from bot.services.favours import LONGEST_URL, FavourReport, Quotes, Setup
from bot.slack import contexts, wire
from bot.slack.blocks.kit import (
    Block,
    Message,
    View,
    actions,
    boxes,
    button,
    context,
    field,
    modal,
    quote,
    section,
    typed,
)
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, channel, day, isolated, mention, shorten
from storage.models import Contact, Favour

SPOKEN, LISTED_WORDS = 200, 500
say = speaker("en")
KINDS = {
    FavourKind.QUOTE: "May we quote you?",
    FavourKind.REFERRAL: "Do you know somebody we could help?",
    FavourKind.KUDOS: "Who or what helped you?",
    FavourKind.REVIEW: "Would you write a review?",
}
COUNTED = {
    FavourKind.QUOTE: ("{n} quote", "{n} quotes"),
    FavourKind.REFERRAL: ("{n} referral", "{n} referrals"),
    FavourKind.KUDOS: ("praised {n} time", "praised {n} times"),
}


def favour_card(favour: Favour, contact: Contact) -> Message:
    """The news of one, for the colleague or the team."""
    head, words = _head(favour, bold(isolated(contact.name))), _words(favour)
    spoken = say.mrkdwn('{head} "{words}"', head=head, words=isolated(shorten(words, SPOKEN))) if words else head
    return Message(spoken, [section(head), *([quote(words)] if words else [])])


def promoters_page(report: FavourReport, *, is_manager: bool) -> Message:
    title = say.mrkdwn("{title}, last {days} days", title=bold(say("Favours of happy customers")), days=report.days)
    told = Mrkdwn("\n".join([title, _counts(report), _asked_for(report.setup)]))
    change = [actions(button(say("Change"), wire.EDIT_FAVOURS, "favours"))] if is_manager else []
    return Message(told, [section(told), context(*_small_print(report)), *change])


def favours_setup_modal(setup: Setup, *, response_url: str | None) -> View:
    options = [(kind.value, label) for kind, label in KINDS.items()]
    hint = say("After a 9 or 10, in the private window, to who ticks a box for it; once in 180 days at the most.")
    asked = boxes(wire.VALUE, options, chosen=[kind.value for kind in setup.kinds])
    address = typed(wire.VALUE, longest=LONGEST_URL, text=setup.review_url, hint="https://")
    return modal(
        say("Favours"),
        [
            field("kinds", say("What happy customers are asked"), asked, optional=True, hint=hint),
            field("review_url", say("Where a review is written"), address, optional=True),
        ],
        callback_id=wire.FAVOURS_SETUP_MODAL,
        submit=say("Save"),
        close=say("Cancel"),
        metadata=contexts.pack(contexts.FavoursSetupContext(response_url)),
    )


def quote_list(found: Quotes) -> Message:
    """Whom one may quote; look here each time, since they may take it back."""
    if not found.standing and not found.revoked:
        text = say.mrkdwn("Nobody has said yet that we may quote them. `/nps favours` shows who is asked.")
        return Message(text, [section(text)])
    title = bold(say.many("{n} quote we may use", "{n} quotes we may use", len(found.standing)))
    blocks: list[Block] = [section(title), *(block for given in found.standing for block in _listed(*given))]
    return Message(title, [*blocks, *_revoked(found)])


def _head(favour: Favour, who: Mrkdwn) -> Mrkdwn:
    if favour.kind == FavourKind.REFERRAL:
        return say.mrkdwn("{who} recommends us to somebody, and tells how to reach them.", who=who)
    if favour.kind == FavourKind.KUDOS:
        if favour.colleague_id is None:
            return say.mrkdwn("{who} says who or what helped:", who=who)
        return say.mrkdwn("{who} praises {colleague}:", who=who, colleague=mention(favour.colleague_id))
    if favour.revoked_at is not None:
        return say.mrkdwn("{who} no longer lets us quote them. Please use their words no more.", who=who)
    signature = isolated(favour.named_as or "")
    return say.mrkdwn("{who} lets us quote them, signed: {signature}. `/nps quotes`", who=who, signature=signature)


def _words(favour: Favour) -> str:
    """Nothing of a quote that was taken back."""
    if favour.revoked_at is not None:
        return ""
    return favour.words or "\n".join(filter(None, (favour.who, favour.reach)))


def _counts(report: FavourReport) -> Mrkdwn:
    counted = [say.many(*forms, report.counts.get(kind, 0)) for kind, forms in COUNTED.items()]
    return Mrkdwn(" · ".join(counted))


def _asked_for(setup: Setup) -> Mrkdwn:
    asked = [f'"{label}"' for kind, label in KINDS.items() if kind in setup.kinds]
    if not asked:
        return say.mrkdwn("Nothing is asked for so far; a manager can change that here.")
    return say.mrkdwn("Asked for: {what}", what=" ".join(asked))


def _small_print(report: FavourReport) -> list[Mrkdwn]:
    where = channel(report.channel_id) if report.channel_id else say.mrkdwn("the alert channel, once there is one")
    return [
        say.mrkdwn("Saw the box: {offered}; ticked it: {taken}.", offered=report.offered, taken=report.taken),
        say.mrkdwn(
            "Praise goes to the colleague it is for; the rest to the account's owner, else to {where}.", where=where
        ),
    ]


def _listed(favour: Favour, contact: Contact) -> list[Block]:
    head = say.mrkdwn(
        "Sign it: {signature} · from {who}, {day}",
        signature=bold(isolated(favour.named_as or "")),
        who=isolated(contact.name),
        day=day(favour.given_at),
    )
    agreed = say.mrkdwn("Agreed to: {consent}", consent=isolated(favour.consent or ""))
    return [section(head), quote(shorten(favour.words or "", LISTED_WORDS)), context(agreed)]


def _revoked(found: Quotes) -> list[Block]:
    taken_back = [
        say.mrkdwn("{who}, {day}", who=isolated(contact.name), day=day(favour.revoked_at or favour.given_at))
        for favour, contact in found.revoked
    ]
    if not taken_back:
        return []
    return [context(say.mrkdwn("Taken back, use no more: {who}", who=Mrkdwn("; ".join(taken_back))))]
