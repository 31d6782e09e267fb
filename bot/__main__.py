"""The command line: `nps-bot serve`, `setup`, `migrate`, `doctor`, `import`, `export`, `erase`, `hooks`, and more."""

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from bot import __version__, app, logs, settings
from bot.cli import chart as chart_command
from bot.cli import doctor as doctor_command
from bot.cli import erase as erase_command
from bot.cli import exports as export_command
from bot.cli import hooks as hooks_command
from bot.cli import imports as import_command
from bot.cli import manifest as manifest_command
from bot.cli import migrate as migrate_command
from bot.cli import setup as setup_command
from bot.cli import webhooks as webhooks_command
from bot.cli import workflow_manifest as workflow_manifest_command
from bot.cli.chart import Scored
from bot.cli.sheets.columns import Kind
from bot.cli.sheets.reader import SheetRefused
from bot.demo import run as demo_command
from bot.demo.folder import DemoRefused
from bot.rules.answer_files import Format
from bot.rules.webhooks import WebhookEvent
from bot.services.event_sources import Vendor
from bot.settings import SettingsRefused

cli = typer.Typer(
    help="A Slack bot for Net Promoter surveys inside the conversation.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # a local may be somebody's comment
)
hooks = typer.Typer(
    help="Let other programs tell the bot what happened: a case was closed, a plan changed.", no_args_is_help=True
)
cli.add_typer(hooks, name="hooks")
webhooks = typer.Typer(help="Tell other programs what happened: an answer, a follow-up.", no_args_is_help=True)
cli.add_typer(webhooks, name="webhooks")
console = Console()
errors = Console(stderr=True)


@cli.command()
def setup() -> None:
    """Create the app in Slack, take its tokens, check them and write .env: questions and answers."""
    if not setup_command.run(_configured(settings.read_setup()), console):
        raise typer.Exit(1)


@cli.command()
def serve() -> None:
    """Answer Slack and deliver messages, until SIGTERM."""
    found = _configured(settings.read())
    _run(app.serve(found))


@cli.command()
def migrate() -> None:
    """Bring the database up to date. Safe to run twice, and from several machines at once."""
    found = _configured(settings.read_storage())
    _run(migrate_command.run(found, console))


@cli.command()
def doctor() -> None:
    """Check tokens, scopes, database and channels; every line says ok, or what to do."""
    found = _configured(settings.read())
    if not _run(doctor_command.run(found, console)):
        raise typer.Exit(1)


@cli.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="accounts.csv, contacts.csv or answers.csv: its first line tells which")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and keep nothing")] = False,
    workspace: Annotated[str | None, typer.Option(help="Slack workspace (T…), where there are several")] = None,
) -> None:
    """Take over accounts, contacts or old answers. What is wrong is told by line; the rest is kept."""
    found = _configured(settings.read_import())
    if not _run(import_command.run(found, console, path=file, is_dry_run=dry_run, workspace=workspace)):
        raise typer.Exit(1)


@cli.command()
def export(
    what: Annotated[export_command.What, typer.Argument(help="accounts, contacts, answers, exits, recoveries, report")],
    words: Annotated[list[str] | None, typer.Argument(help="For a report: which answers, as after /nps export")] = None,
    *,
    to: Annotated[Path | None, typer.Option(help="The file to write; left out: the output")] = None,
    form: Annotated[Format, typer.Option("--format", help="Of a report: for a spreadsheet, or a program")] = Format.CSV,
    unmatched: Annotated[bool, typer.Option("--unmatched", help="Only contacts who belong to no account")] = False,
    workspace: Annotated[str | None, typer.Option(help="Slack workspace (T…), where there are several")] = None,
) -> None:
    """Write accounts, contacts or answers as a file that import takes back; or a report of all answers there are."""
    found = _configured(settings.read_storage())
    if what is export_command.What.REPORT:
        answers = export_command.Report(words or (), form, app.utc_now())
        _run(export_command.run_report(found, console, answers, to=to, workspace=workspace))
    else:
        _run(export_command.run(found, console, kind=Kind(what), to=to, workspace=workspace, only_unmatched=unmatched))


@cli.command()
def chart(
    to: Annotated[Path | None, typer.Option(help="The file to write (PNG); left out: the output")] = None,
    kind: Annotated[Scored, typer.Option(help="Which surveys: the two are never pooled")] = Scored.RELATIONAL,
    workspace: Annotated[str | None, typer.Option(help="Slack workspace (T…), where there are several")] = None,
) -> None:
    """Draw the score of the last twelve months, as /nps trend has it."""
    _run(chart_command.run(_configured(settings.read_storage()), console, kind=kind, to=to, workspace=workspace))


@cli.command()
def erase(
    person: Annotated[str, typer.Argument(help="Slack id (U…) or @name, as the bot knows it")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation")] = False,
) -> None:
    """Forget a person everywhere: answers, history, comments, alerts, and our messages about them in Slack."""
    found = _configured(settings.read_storage())
    if not _run(erase_command.run(found, console, person=person, is_sure=yes)):
        raise typer.Exit(1)


@hooks.command("add")
def hooks_add(
    name: Annotated[str, typer.Argument(help="What you call it, like helpdesk")],
    zendesk: Annotated[bool, typer.Option("--zendesk", help="Zendesk signs; its secret is asked for")] = False,
    workspace: Annotated[str | None, typer.Option(help="Slack workspace (T…), where there are several")] = None,
) -> None:
    """Make an address for a program, and a secret to sign with; both are shown once."""
    vendor = Vendor.ZENDESK if zendesk else Vendor.GENERIC
    found = _configured(settings.read_storage())
    _run(hooks_command.add(found, console, name=name, vendor=vendor, workspace=workspace))


@hooks.command("list")
def hooks_list(
    workspace: Annotated[str | None, typer.Option(help="Slack workspace (T…), where there are several")] = None,
) -> None:
    """Say which programs may tell events."""
    _run(hooks_command.show(_configured(settings.read_storage()), console, workspace=workspace))


@hooks.command("remove")
def hooks_remove(
    name: Annotated[str, typer.Argument(help="As it was added")],
    workspace: Annotated[str | None, typer.Option(help="Slack workspace (T…), where there are several")] = None,
) -> None:
    """Close a program's address. What it told stays."""
    found = _configured(settings.read_storage())
    if not _run(hooks_command.remove(found, console, name=name, workspace=workspace)):
        raise typer.Exit(1)


@webhooks.command("add")
def webhooks_add(
    name: Annotated[str, typer.Argument(help="What you call it, like CRM")],
    address: Annotated[str, typer.Argument(help="https://…")],
    event: Annotated[list[WebhookEvent] | None, typer.Option(help="Only this; may be repeated. Left out: all")] = None,
    workspace: Annotated[str | None, typer.Option(help="Slack workspace (T…), where there are several")] = None,
) -> None:
    """Tell a program what happens from now on, and print the secret it verifies with."""
    found = _configured(settings.read_storage())
    _run(webhooks_command.add(found, console, name=name, url=address, events=event or [], workspace=workspace))


@webhooks.command("list")
def webhooks_list(
    workspace: Annotated[str | None, typer.Option(help="Slack workspace (T…), where there are several")] = None,
) -> None:
    """Say which programs hear what happened, and how each fares."""
    _run(webhooks_command.show(_configured(settings.read_storage()), console, workspace=workspace))


@webhooks.command("remove")
def webhooks_remove(
    name: Annotated[str, typer.Argument(help="As it was added")],
    workspace: Annotated[str | None, typer.Option(help="Slack workspace (T…), where there are several")] = None,
) -> None:
    """Tell a program nothing any more."""
    found = _configured(settings.read_storage())
    if not _run(webhooks_command.remove(found, console, name=name, workspace=workspace)):
        raise typer.Exit(1)


@cli.command()
def manifest(
    workflow: Annotated[bool, typer.Option("--workflow", help="With a step for Slack's Workflow Builder")] = False,
) -> None:
    """Print what Slack is asked for, to create or change the app with."""
    text = workflow_manifest_command.workflow_manifest() if workflow else manifest_command.manifest()
    typer.echo(text, nl=False)


@cli.command()
def demo(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Where the page stands; left out: 3998, or one that is free")
    ] = None,
    reset: Annotated[bool, typer.Option("--reset", help="Forget what was clicked the last time")] = False,
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its files", resolve_path=True)] = Path(".nps-demo"),
    browser: Annotated[bool, typer.Option(help="Open the page in the browser")] = True,
    local_slack: Annotated[
        Path | None,
        typer.Option(
            envvar="LOCAL_SLACK", help="The local-slack to use instead of fetching it", exists=True, resolve_path=True
        ),
    ] = None,
) -> None:
    """Look at everything without a Slack account: a small company with a year behind it, in the browser."""
    logs.configure(level="WARNING", style="console")
    work = demo_command.run(
        console, folder=folder, binary=local_slack, port=port, is_reset=reset, opens_browser=browser
    )
    _run(work)


@cli.command()
def version() -> None:
    """Print the version."""
    console.print(__version__)


def _configured(found: settings.S) -> settings.S:
    logs.configure(level=found.log_level, style=found.log_format)
    return found


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


def main() -> None:
    try:
        cli()
    except (SettingsRefused, SheetRefused, DemoRefused) as refused:
        errors.print(str(refused), style="bold red", highlight=False, markup=False)
        sys.exit(2)


if __name__ == "__main__":
    main()
