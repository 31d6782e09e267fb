"""`/nps account`: one account on one page: its terms, how it is, its people, what they said, what came of it."""

from collections.abc import Sequence

from bot.rules.scoring import FEW, nps
from bot.services.account_reports import AccountReport, Found, Person, Said
from bot.services.interviews import is_interview
from bot.slack import wire
from bot.slack.blocks.account_health import health_lines
from bot.slack.blocks.account_lists import open_button, renewal, short_name
from bot.slack.blocks.accounts import money
from bot.slack.blocks.customers import answered_at
from bot.slack.blocks.interviews import told_in_meeting
from bot.slack.blocks.kit import Block, Element, Message, context, divider, link_button, menu, quote, section
from bot.slack.blocks.reports import alert_url
from bot.slack.blocks.scores import categories, score_line
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, day, escape, isolated, mention, shorten
from storage.models import FollowUp, Response

LISTED_COMMENT, LONGEST_VALUE, LONGEST_ROLE = 300, 75, 40
say = speaker("en")


def account_page(report: AccountReport, *, workspace_url: str) -> Message:
    lead = Mrkdwn("\n".join([bold(short_name(report.account.name)), *_terms(report), *health_lines(report.health)]))
    people, feelings = _people(report), _feelings(report)
    blocks: list[Block] = [section(lead), divider(), section(people), section(feelings)]
    told = [lead, people, feelings]
    for title, lines in (_answers(report), _follow_ups(report, workspace_url)):
        blocks += [divider(), section(bold(title)), *(block for block, _ in lines)] if lines else []
        told += [bold(title), *(text for _, text in lines if text)] if lines else []
    notes = _left_out(report)
    return Message(Mrkdwn("\n".join([*told, *notes])), [*blocks, *([context(*notes)] if notes else [])])


def which_account(found: Found, typed: str) -> Message:
    """Where a name fits several accounts, or none."""
    if found.accounts:
        lead = say.mrkdwn("{n} accounts fit {name}. Which one?", n=found.count, name=bold(short_name(typed)))
        more = found.count - len(found.accounts)
        return _choice(lead, [name for _, name in found.accounts], more)
    if found.nearest:
        lead = say.mrkdwn("No account is called {name}. Did you mean one of these?", name=bold(short_name(typed)))
        return _choice(lead, found.nearest, 0)
    text = say.mrkdwn("No account is called {name}. `/nps accounts` lists them.", name=bold(short_name(typed)))
    return Message(text, [section(text)])


def no_name() -> Message:
    text = say.mrkdwn("Which account? Type its name, or a part of it: `/nps account Acme`. `/nps accounts` lists them.")
    return Message(text, [section(text)])


def account_menu(found: Found) -> Element | None:
    """Those that a name fits, to choose from."""
    options = [(name, name) for _, name in found.accounts if len(name) <= LONGEST_VALUE]
    return menu(wire.PICK_REST, options, hint=say("Account")) if options else None


def _choice(lead: Mrkdwn, names: Sequence[str], more: int) -> Message:
    lines = [escape(short_name(name)) for name in names]
    rest = [context(escape(say.many("and {n} more", "and {n} more", more)))] if more > 0 else []
    blocks = [section(lead), *(section(line, open_button(name)) for line, name in zip(lines, names, strict=True))]
    return Message(Mrkdwn("\n".join([lead, *lines])), [*blocks, *rest])


def _terms(report: AccountReport) -> list[Mrkdwn]:
    account, told = report.account, list[Mrkdwn]()
    if account.segment:
        told.append(escape(isolated(account.segment)))
    if account.arr is not None:
        told.append(say.mrkdwn("{amount} a year", amount=money(account.arr, report.currency)))
    told += [each for each in [renewal(account.renews_on, report.today)] if each]
    owner = mention(account.owner_id) if account.owner_id else None
    told.append(say.mrkdwn("Owner: {person}", person=owner) if owner else say.mrkdwn("no owner"))
    return [Mrkdwn(" · ".join(told))]


def _people(report: AccountReport) -> Mrkdwn:
    if not report.people:
        return say.mrkdwn("Nobody there is known yet.")
    title = bold(say.many("{n} person", "{n} people", report.people_count))
    more = report.people_count - len(report.people)
    rest = [escape(say.many("and {n} more", "and {n} more", more))] if more > 0 else []
    return Mrkdwn("\n".join([title, *map(_person, report.people), *rest]))


def _person(person: Person) -> Mrkdwn:
    contact, told = person.contact, list[Mrkdwn]()
    told += [escape(isolated(shorten(contact.role, LONGEST_ROLE)))] if contact.role else []
    told += [bold(say("decides"))] if contact.is_decision_maker else []
    told.append(_scores(person.scores))
    told += [say.mrkdwn("does not want to be asked")] if contact.opted_out_at else []
    return Mrkdwn(" · ".join([bold(short_name(contact.name)), *told]))


def _scores(scores: Sequence[Response]) -> Mrkdwn:
    """The latest with its day, and those before it."""
    if not scores:
        return say.mrkdwn("no answer yet")
    latest, *before = scores
    told = say.mrkdwn("{score} ({when})", score=latest.score, when=day(latest.answered_at))
    if not before:
        return told
    return say.mrkdwn("{told}, before: {scores}", told=told, scores=", ".join(str(each.score) for each in before))


def _feelings(report: AccountReport) -> Mrkdwn:
    """Counts; a score only where it could be one."""
    answers = report.signs.people
    if not answers.responses:
        return say.mrkdwn("Relationship, last 180 days: no answers yet")
    found = nps(answers)
    if found is None or answers.responses < FEW:
        return say.mrkdwn("Relationship, last 180 days: {counts}", counts=categories(answers))
    shown = {"score": score_line(answers, found), "counts": categories(answers)}
    return say.mrkdwn("Relationship, last 180 days: {score}, {counts}", **shown)


Lines = Sequence[tuple[Block, Mrkdwn | None]]


def _answers(report: AccountReport) -> tuple[str, Lines]:
    lines: list[tuple[Block, Mrkdwn | None]] = []
    for said in report.answers:
        head = _head(said)
        lines.append((section(head), head))
        comment = said.response.comment
        if comment:
            short = shorten(comment, LISTED_COMMENT)
            lines.append((quote(short), escape(isolated(short))))
    return say.many("The latest answer", "The latest of {n} answers", report.answers_count), lines


def _head(said: Said) -> Mrkdwn:
    survey = escape(said.survey_name)
    if is_interview(said.response):
        survey = Mrkdwn(f"{survey}, {told_in_meeting(said.response)}")
    who = bold(f"{short_name(said.contact.name)}: {said.response.score}")
    return say.mrkdwn("{who} · {survey}, {when}", who=who, survey=survey, when=answered_at(said.response))


def _follow_ups(report: AccountReport, workspace_url: str) -> tuple[str, Lines]:
    title = say("Follow-ups: {open} open, {past} past", open=report.open_count, past=report.past_count)
    lines: list[tuple[Block, Mrkdwn | None]] = []
    for said in report.follow_ups:
        told, url = _follow_up(said), alert_url(said.follow_up, workspace_url)
        lines.append((section(told, link_button(say("Open"), url) if url else None), told))
    more = report.open_count + report.past_count - len(report.follow_ups)
    if lines and more > 0:
        rest = escape(say.many("and {n} more", "and {n} more", more))
        lines.append((context(rest), rest))
    return title, lines


def _follow_up(said: Said) -> Mrkdwn:
    who = bold(f"{short_name(said.contact.name)}: {said.response.score}")
    since = day(said.follow_up.opened_at) if said.follow_up else ""
    return say.mrkdwn("{who} · since {since} · {state}", who=who, since=since, state=_state(said.follow_up))


def _state(follow_up: FollowUp | None) -> Mrkdwn:
    match follow_up:
        case FollowUp(state="claimed", claimed_by=str(colleague)):
            return say.mrkdwn("{person} takes care of it", person=mention(colleague))
        case FollowUp(state="resolved"):
            return say.mrkdwn("resolved")
    return bold(say("nobody yet"))


def _left_out(report: AccountReport) -> list[Mrkdwn]:
    if not report.has_confidential:
        return []
    return [say.mrkdwn("Answers given in confidence are left out here: they would tell who gave them.")]
