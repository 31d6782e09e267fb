"""`nps-bot manifest` prints what Slack takes: the usual app, or the one with a step for workflows."""

import asyncio

import pytest
import yaml
from typer.testing import CliRunner

from bot.__main__ import cli
from tests.conventions.source import ROOT

OPTIONS = [([], "manifest.yml"), (["--workflow"], "manifest.workflow.yml")]


@pytest.mark.parametrize(("options", "name"), OPTIONS, ids=["usual", "workflow"])
async def test_the_manifest_is_printed_as_it_lies_in_the_repository(options: list[str], name: str):
    done = await asyncio.to_thread(CliRunner().invoke, cli, ["manifest", *options])
    assert done.exit_code == 0
    assert yaml.safe_load(done.stdout) == yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
