"""What we keep: the page a customer opens from the card, and the one about oneself in Home."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.exits import Reason
from bot.services.cards import CardFacts
from bot.services.disclosures import is_confidential
from bot.services.interviews import is_interview
from bot.services.surveys import SurveyKind
from bot.slack import wire
from bot.slack.blocks.exits import reason_label
from bot.slack.blocks.favours import own_favours
from bot.slack.blocks.invitations import is_shared, rehearsal
from bot.slack.blocks.kit import (
    Block,
    Element,
    Message,
    View,
    actions,
    button,
    context,
    dangerous,
    header,
    modal,
    quote,
    section,
)
from bot.slack.blocks.promises import all_seen_by, seen_by
from bot.texts import Speaker, speaker
from bot.texts.markup import Mrkdwn, bold, day, mention, shorten
from storage.models import Contact, ExitReason, Favour, Response

LISTED_COMMENT = 300


@dataclass(frozen=True)
class OwnPage:
    """What somebody may see about themselves. Without a contact nothing is known of them."""

    company: str
    language: str
    contact: Contact | None = None
    answers: Sequence[Response] = ()
    exits: Sequence[ExitReason] = ()
    favours: Sequence[Favour] = ()
    next_ask_at: datetime | None = None  # the first moment at which the rules would allow a question; None: any time


@dataclass(frozen=True)
class Terms:
    """What is kept of an answer, and how it may be changed."""

    kept: Mrkdwn
    changeable: Mrkdwn


def what_we_keep(facts: CardFacts, favours: Sequence[Favour] = ()) -> View:
    say = speaker(facts.invitation.language)
    contact, about = facts.contact, str(facts.invitation.id)
    terms = _of_reasons(say) if facts.invitation.kind == SurveyKind.EXIT else _of_scores(say)
    seen = [seen_by(say, facts.company, privacy=facts.invitation.privacy)]
    told = _kept(say, facts.company, contact, terms, seen)
    if is_shared(facts.invitation):
        told.insert(1, say.mrkdwn("In this channel nobody sees your answer."))
    if facts.invitation.asked_by:
        told.append(
            say.mrkdwn("{person} asked us to send you this question.", person=mention(facts.invitation.asked_by))
        )
    if contact.opted_out_at is None:
        choice = button(say("Don't ask again"), wire.STOP_ASKING, about)
    else:
        told.append(say.mrkdwn("You will not be asked again."))
        choice = button(say("You may ask me again"), wire.ALLOW_ASKING, about)
    erase = [] if facts.invitation.is_rehearsal else [_erase(say)]
    blocks = [
        *rehearsal(say, facts),
        *(section(line) for line in told),
        *own_favours(say, favours),
        actions(choice, *erase),
    ]
    return modal(say("What we keep"), blocks, close=say("Close"))


def erased(say: Speaker, *, stays_opted_out: bool) -> Message:
    text = say.mrkdwn("Everything we kept about you is erased. Our messages about it disappear in a moment.")
    if stays_opted_out:
        remembered = say.mrkdwn("We only remember that you do not want to be asked.")
        text = Mrkdwn(f"{text} {remembered}")
    return Message(text, [section(text)])


def erased_page(say: Speaker, message: Message) -> View:
    """The same where the button stood in the page "What we keep"."""
    return modal(say("What we keep"), message.blocks, close=say("Close"))


def about_me(page: OwnPage) -> Message:
    """`/nps me`: the same as in Home, for whoever types."""
    return Message(speaker(page.language).mrkdwn("What we keep about you"), about_you(page))


def about_me_page(page: OwnPage) -> View:
    """The same where somebody changed something in the page "What we keep"."""
    say = speaker(page.language)
    return modal(say("What we keep"), about_you(page), close=say("Close"))


def about_you(page: OwnPage) -> list[Block]:
    """For Home, in the person's own language."""
    say = speaker(page.language)
    what = say.mrkdwn(
        "Now and then {company} asks here how likely you are to recommend them. One click is an answer, and it goes "
        "privately to {company}'s team.",
        company=page.company,
    )
    return [header(say("What we keep about you")), section(what), *_answers(say, page), *_choice(say, page)]


def _answers(say: Speaker, page: OwnPage) -> list[Block]:
    if page.contact is None:
        return [section(say.mrkdwn("We have not asked you anything."))]
    if not page.answers and not page.exits:
        return [section(say.mrkdwn("You have not answered anything yet.")), _small_print(say, page, page.contact)]
    shown = [block for answer in page.answers for block in _answer(say, answer)]
    why = [block for answer in page.exits for block in _exit(say, answer)]
    return [*shown, *why, *own_favours(say, page.favours), _small_print(say, page, page.contact)]


def _small_print(say: Speaker, page: OwnPage, contact: Contact) -> Block:
    told = _kept(say, page.company, contact, _of_scores(say), all_seen_by(say, page.company, page.answers))
    if page.exits:
        told.insert(1, _of_reasons(say).kept)
    return context(Mrkdwn("\n".join(told)))


def _answer(say: Speaker, answer: Response) -> list[Block]:
    when = day(answer.answered_at, language=say.language)
    said = _told(say, answer, when) or say.mrkdwn("Your answer: {score}, {day}", score=bold(answer.score), day=when)
    return _with_words(said, answer.comment)


def _told(say: Speaker, answer: Response, when: Mrkdwn) -> Mrkdwn | None:
    """What was said in confidence, or in a review meeting; None: they answered the bot."""
    score = bold(answer.score)
    if is_confidential(answer):
        return say.mrkdwn("Your answer, confidential: {score}, {day}", score=score, day=when)
    if not is_interview(answer):
        return None
    if answer.recorded_by is None:
        return say.mrkdwn("You told us in a review meeting: {score}, {day}", score=score, day=when)
    who = mention(answer.recorded_by)
    return say.mrkdwn("You told {person} in a review meeting: {score}, {day}", person=who, score=score, day=when)


def _exit(say: Speaker, answer: ExitReason) -> list[Block]:
    reason, when = bold(reason_label(say, Reason(answer.reason))), day(answer.answered_at, language=say.language)
    return _with_words(say.mrkdwn("Why you did not renew: {reason}, {day}", reason=reason, day=when), answer.comment)


def _with_words(said: Mrkdwn, comment: str | None) -> list[Block]:
    return [section(said), quote(shorten(comment, LISTED_COMMENT))] if comment else [section(said)]


def _choice(say: Speaker, page: OwnPage) -> list[Block]:
    if page.contact is None:
        return [actions(button(say("Don't ask me"), wire.STOP_ASKING_ME, "me"))]
    if page.contact.opted_out_at is None:
        return [*_next_ask(say, page), actions(button(say("Don't ask again"), wire.STOP_ASKING_ME, "me"), _erase(say))]
    told = section(say.mrkdwn("You will not be asked again."))
    return [told, actions(button(say("You may ask me again"), wire.ALLOW_ASKING_ME, "me"), _erase(say))]


def _next_ask(say: Speaker, page: OwnPage) -> list[Block]:
    if page.next_ask_at is None:
        return []
    when = day(page.next_ask_at, language=say.language)
    return [section(say.mrkdwn("Usually we would not ask you again before {day}.", day=when))]


def _erase(say: Speaker) -> Element:
    return dangerous(
        button(say("Erase everything"), wire.ERASE_ME, "me"),
        title=say("Erase everything?"),
        text=say("Your answers and all we keep about you are deleted. It cannot be undone."),
        yes=say("Erase"),
        no=say("Cancel"),
    )


def _kept(say: Speaker, company: str, contact: Contact, terms: Terms, seen: Sequence[Mrkdwn]) -> list[Mrkdwn]:
    """`seen`: by whom."""
    told = [
        terms.kept,
        say.mrkdwn("When somebody wanted to ask you and our rules said no, we keep that and why."),
        say.mrkdwn("If somebody looks after your answer, we keep who that was, how it ended and what they noted."),
        say.mrkdwn("When they write to you here and you write back, we keep what both of you wrote."),
        *seen,
        terms.changeable,
        say.mrkdwn("You can erase everything yourself, at any time."),
    ]
    if _is_known_from_records(contact):
        records = say.mrkdwn(
            "{company} has added details about you from its own records, such as your e-mail address or role.",
            company=company,
        )
        told.insert(1, records)
    return told


def _of_scores(say: Speaker) -> Terms:
    kept = say.mrkdwn(
        "We keep your score, what you write, your Slack name, id, language, time zone and workspace, "
        "and when and in which conversation we asked."
    )
    return Terms(kept, say.mrkdwn("You can change your answer for 24 hours. Earlier versions are kept with it."))


def _of_reasons(say: Speaker) -> Terms:
    kept = say.mrkdwn(
        "We keep the reason you choose, what you write, your Slack name, id, language, time zone and workspace, "
        "and when and in which conversation we asked."
    )
    return Terms(kept, say.mrkdwn("You can change your answer for 24 hours."))


def _is_known_from_records(contact: Contact) -> bool:
    imported = (contact.email, contact.role, contact.properties)
    return any(imported) or contact.is_decision_maker or contact.is_account_by_hand
