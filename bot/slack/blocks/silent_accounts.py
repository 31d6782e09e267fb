"""`/nps silent`: accounts and people nobody has heard from in two quarters."""

from bot.services.silent_accounts import Line, SilentAccounts, SilentPeople, SilentPerson
from bot.slack import wire
from bot.slack.blocks.account_lists import no_accounts, open_button, short_name
from bot.slack.blocks.accounts import money
from bot.slack.blocks.kit import Block, Element, Message, context, menu, section
from bot.slack.blocks.withholdings import BECAUSE
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, day, escape, mention

ACCOUNTS, PEOPLE = "accounts", "people"
CHOICES = {ACCOUNTS: "Silent accounts", PEOPLE: "Silent people"}
say = speaker("en")


def silent_accounts(found: SilentAccounts) -> Message:
    """The highest revenue first."""
    if not found.active:
        return no_accounts()
    lead = Mrkdwn("\n".join([*_account_counts(found), *_accounts_confided(found)]))
    lines = [_account(each, found.currency) for each in found.lines]
    blocks: list[Block] = [section(lead)]
    blocks += [section(told, open_button(each.account.name)) for told, each in zip(lines, found.lines, strict=True)]
    return Message(Mrkdwn("\n".join([lead, *lines])), [*blocks, *_notes(has_confidential=found.has_confidential)])


def silent_people(found: SilentPeople) -> Message:
    """Whose account pays most first."""
    if not found.known:
        text = say.mrkdwn("Nobody of these accounts is known. `nps-bot import` takes people over from a file.")
        return Message(text, [section(text)])
    lead = Mrkdwn("\n".join(_people_counts(found)))
    lines = [_person(each) for each in found.lines]
    list_ = [section(Mrkdwn("\n".join(lines)))] if lines else []
    return Message(
        Mrkdwn("\n".join([lead, *lines])), [section(lead), *list_, *_notes(has_confidential=found.has_confidential)]
    )


def silent_menu(chosen: str) -> Element:
    return menu(wire.PICK_REST, [(word, say(label)) for word, label in CHOICES.items()], chosen=chosen)


def _account_counts(found: SilentAccounts) -> list[Mrkdwn]:
    if not found.silent:
        return [bold(say("No account that pays has been silent for two quarters."))]
    told = bold(say.many("{n} silent account", "{n} silent accounts", found.silent))
    total = money(found.arr, found.currency)
    of = say.mrkdwn("{told} of {active}, {total} a year", told=told, active=found.active, total=total)
    return [of, say.mrkdwn("Nobody there has answered anything in the last 180 days, though they pay.")]


def _accounts_confided(found: SilentAccounts) -> list[Mrkdwn]:
    if not found.confided:
        return []
    text = say.many(
        "{n} more was asked in confidence, so whether anybody answered is not told.",
        "{n} more were asked in confidence, so whether anybody answered is not told.",
        found.confided,
    )
    return [escape(text)]


def _account(line: Line, currency: str | None) -> Mrkdwn:
    account = line.account
    pays = money(account.arr, currency) if account.arr is not None else None
    told = [say.mrkdwn("{amount} a year", amount=pays)] if pays else []
    told.append(mention(account.owner_id) if account.owner_id else say.mrkdwn("no owner"))
    return Mrkdwn(" · ".join([bold(short_name(account.name)), *told, _why(line)]))


def _why(line: Line) -> Mrkdwn:
    """The reason, where we know one."""
    if not line.people:
        return say.mrkdwn("nobody there is known")
    if line.opted_out == line.people:
        return say.mrkdwn("nobody there wants to be asked")
    if not line.asked:
        return escape(say.many("not asked ({n} person)", "not asked ({n} people)", line.people))
    return escape(say.many("asked once, no answer", "asked {n} times, no answer", line.asked))


def _people_counts(found: SilentPeople) -> list[Mrkdwn]:
    silent = bold(say.many("{n} silent person", "{n} silent people", found.silent))
    counts = {"eligible": found.eligible, "asked": found.silent - found.never_asked, "never": found.never_asked}
    lead = say.mrkdwn(
        "{silent} of {eligible}: {asked} asked without an answer, {never} not asked", silent=silent, **counts
    )
    return [lead, *_coverage(found), *_apart(found)]


def _coverage(found: SilentPeople) -> list[Mrkdwn]:
    if not found.eligible:
        return []
    counts = {"asked": found.asked, "eligible": found.eligible, "share": 100 * found.asked // found.eligible}
    return [say.mrkdwn("Asked in the last 180 days: {asked} of {eligible} ({share}%)", **counts)]


def _apart(found: SilentPeople) -> list[Mrkdwn]:
    """Those who are not called silent."""
    out = say.many(
        "{n} more does not want to be asked.",
        "{n} more do not want to be asked.",
        found.opted_out,
    )
    confided = say.many(
        "{n} more was asked in confidence, so whether they answered is not told.",
        "{n} more were asked in confidence, so whether they answered is not told.",
        found.confided,
    )
    told = [*([out] if found.opted_out else []), *([confided] if found.confided else [])]
    return [escape(each) for each in told]


def _person(person: SilentPerson) -> Mrkdwn:
    told = [bold(short_name(person.name)), escape(short_name(person.account))]
    told += [mention(person.owner_id)] if person.owner_id else []
    return Mrkdwn(" · ".join([*told, _asked(person)]))


def _asked(person: SilentPerson) -> Mrkdwn:
    if person.asked and person.last_asked_at:
        times = say.many("asked once", "asked {n} times", person.asked)
        return say.mrkdwn("{times}, last {when}", times=times, when=day(person.last_asked_at))
    if person.because in BECAUSE:
        because = say(BECAUSE[person.because], days=say("some days"))
        return say.mrkdwn("not asked: {because}", because=because)
    return say.mrkdwn("not asked")


def _notes(*, has_confidential: bool) -> list[Block]:
    note = say.mrkdwn("Answers given in confidence are not looked at here: they would tell who gave them.")
    return [context(note)] if has_confidential else []
