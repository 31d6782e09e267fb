"""`/nps` and the words after it. Nothing is at stake yet, so the command is acknowledged first."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import NotUnderstood, Withheld
from bot.rules.permissions import Permission
from bot.rules.recontact import Because
from bot.services import (
    exits,
    halts,
    surveys,
    withholdings,
    worklists,
)
from bot.services.surveys import SurveyKind
from bot.services.worklists import Which
from bot.slack import asking, exporting, grammar, pages, payloads, typed_commands, views
from bot.slack.blocks import help as help_blocks
from bot.slack.blocks import interviews as interview_blocks
from bot.slack.blocks import surveys as survey_blocks
from bot.slack.blocks import withholdings as withholding_blocks
from bot.slack.blocks import worklists as worklist_blocks
from bot.slack.blocks.exit_reports import exit_report
from bot.slack.blocks.privacy import about_me
from bot.slack.contexts import InterviewContext
from bot.slack.home import own_page
from bot.slack.middleware import Desk
from bot.slack.payloads import Command
from bot.slack.typed_commands import Typed
from bot.texts import speaker
from bot.texts.refusals import sentence


async def nps_typed(body: dict[str, Any], ack: AsyncAck, desk: Desk) -> None:
    """Journey four."""
    command = payloads.command(body)
    await ack()
    desk.attend(_answer(desk, command))


async def _answer(desk: Desk, command: Command) -> None:
    try:
        typed = grammar.parse(command.text)
        await ANSWERS[type(typed)](desk, typed, command)
    except NotUnderstood as puzzled:
        await desk.answer(help_blocks.puzzled_page(sentence(puzzled, speaker("en"))))


async def _view(desk: Desk, typed: typed_commands.ShowView, _: Command) -> None:
    """Raises NotUnderstood with a command, where the first word is nearer to one than to anything known here."""
    try:
        message = await views.drawn(desk, await views.understood(desk, typed.text))
    except NotUnderstood as puzzled:
        first = typed.text.split(maxsplit=1)[0]
        is_one_word = first == puzzled.word and ":" not in first
        is_part = first.casefold() in (puzzled.nearest or "").casefold()
        near = grammar.nearest(first, views=views.VIEWS) if is_one_word and not is_part else None
        raise NotUnderstood(puzzled.word, near or puzzled.nearest) from None
    await desk.answer(message)


async def _export(desk: Desk, typed: typed_commands.ExportAnswers, _: Command) -> None:
    await desk.require(Permission.READ)
    try:
        wanted, form = exporting.formatted(await views.understood(desk, typed.text))
        scope = await views.scope_of(desk, wanted)
    except NotUnderstood as puzzled:
        raise NotUnderstood(puzzled.word, puzzled.nearest and f"export {puzzled.nearest}") from None
    await desk.answer(await exporting.order(desk, scope, form))


async def _follow_ups(desk: Desk, typed: typed_commands.ShowFollowUps, _: Command) -> None:
    await desk.require(Permission.READ)
    async with desk.reading() as tx:
        listed = await worklists.worklist(tx, desk.workspace_id, Which(typed.which), by=desk.user_id, now=desk.now)
    url = desk.office.workspace_url
    await desk.answer(worklist_blocks.follow_up_list(listed, workspace_url=url, now=desk.now))


async def _ask(desk: Desk, typed: typed_commands.AskSomebody, command: Command) -> None:
    await desk.require(Permission.ASK)
    plan = await asking.planned(desk, typed, request_id=command.request_id)
    await asking.carry_out(desk, plan)


async def _why(desk: Desk, typed: typed_commands.ExplainAsking, _: Command) -> None:
    await desk.require(Permission.READ)
    person = await asking.find(desk, typed.who)
    async with desk.reading() as tx:
        why = await withholdings.why(
            tx, desk.workspace_id, person.facts(), asking.candidate(desk, person), now=desk.now
        )
    await desk.answer(withholding_blocks.why_asked(why))


async def _record(desk: Desk, typed: typed_commands.RecordInterview, _: Command) -> None:
    """Raises Withheld for whoever has nothing to tell in a review meeting: bots, and oneself."""
    await desk.require(Permission.FOLLOW_UP)
    person = await asking.find(desk, typed.who)
    known = asking.candidate(desk, person)
    if known.is_bot or known.is_oneself:
        raise Withheld(Because.BOT if known.is_bot else Because.ONESELF)
    opened = InterviewContext(person.user_id, desk.origin.channel_id, desk.origin.response_url)
    async with desk.reading() as tx:
        offered = await surveys.of_kind(tx, desk.workspace_id, SurveyKind.RELATIONAL)
    await desk.open(interview_blocks.interview_modal(opened, person.name, offered, today=desk.now.date()))


async def _exits(desk: Desk, _: Typed, __: Command) -> None:
    await desk.require(Permission.READ)
    async with desk.reading() as tx:
        report = await exits.report(tx, desk.workspace_id, now=desk.now)
    await desk.answer(exit_report(report))


async def _me(desk: Desk, _: Typed, __: Command) -> None:
    """For everybody, guests too."""
    await desk.answer(about_me(await own_page(desk)))


async def _try(desk: Desk, typed: typed_commands.Rehearse, command: Command) -> None:
    await asking.rehearse(desk, typed, request_id=command.request_id)


async def _stop(desk: Desk, _: Typed, __: Command) -> None:
    await desk.require(Permission.HALT)
    async with desk.transaction() as tx:
        halt = await halts.halt(tx, desk.workspace_id, by=desk.user_id, now=desk.now)
    desk.office.wake_courier()
    await desk.answer(survey_blocks.halted(halt))


async def _start(desk: Desk, _: Typed, __: Command) -> None:
    await desk.require(Permission.HALT)
    async with desk.transaction() as tx:
        restored = await halts.lift(tx, desk.workspace_id, now=desk.now)
    await desk.answer(survey_blocks.lifted(restored))


async def _help(desk: Desk, _: Typed, __: Command) -> None:
    await desk.answer(help_blocks.help_page())


ANSWERS: dict[type, Callable[[Desk, Any, Command], Awaitable[None]]] = {
    typed_commands.ShowView: _view,
    typed_commands.ExportAnswers: _export,
    typed_commands.ShowFollowUps: _follow_ups,
    typed_commands.AskSomebody: _ask,
    typed_commands.ExplainAsking: _why,
    typed_commands.RecordInterview: _record,
    typed_commands.ShowExits: _exits,
    typed_commands.ShowMe: _me,
    typed_commands.Rehearse: _try,
    typed_commands.HaltAsking: _stop,
    typed_commands.ResumeAsking: _start,
    typed_commands.ShowHelp: _help,
    **pages.PAGES,
}
