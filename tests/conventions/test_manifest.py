"""The manifest asks Slack for what the code uses, no more and no less, within Slack's limits."""

import ast
import json
import os
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot.cli import workflow_manifest
from bot.slack import listeners, scopes, wire
from tests.conventions.source import ROOT, nodes

MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
FOR_WORKFLOWS: dict[str, Any] = yaml.safe_load((ROOT / "manifest.workflow.yml").read_text(encoding="utf-8"))
BOT_SCOPES = MANIFEST["oauth_config"]["scopes"]["bot"]
FEATURES, SETTINGS = MANIFEST["features"], MANIFEST["settings"]

# Slack's limits, in characters: where, least, most.
LENGTHS = [
    ("display_information.name", 1, 35),
    ("display_information.description", 1, 140),
    ("display_information.long_description", 175, 4000),
    ("display_information.background_color", 4, 7),
    ("features.bot_user.display_name", 1, 80),
    ("features.slash_commands.0.command", 2, 32),
    ("features.slash_commands.0.description", 1, 2000),
    ("features.slash_commands.0.usage_hint", 1, 1000),
    ("features.shortcuts.0.name", 1, 24),
    ("features.shortcuts.0.callback_id", 1, 255),
    ("features.shortcuts.0.description", 1, 150),
]
KNOWN = {
    "": {"_metadata", "display_information", "features", "oauth_config", "settings"},
    "display_information": {"name", "description", "background_color", "long_description"},
    "features": {"app_home", "bot_user", "slash_commands", "shortcuts"},
    "features.app_home": {"home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled"},
    "features.bot_user": {"display_name", "always_online"},
    "features.slash_commands.0": {"command", "description", "usage_hint", "should_escape", "url"},
    "features.shortcuts.0": {"name", "type", "callback_id", "description"},
    "oauth_config": {"scopes", "redirect_urls"},
    "oauth_config.scopes": {"bot", "bot_optional"},
    "settings": {
        "event_subscriptions",
        "interactivity",
        "org_deploy_enabled",
        "socket_mode_enabled",
        "token_rotation_enabled",
    },
    "settings.event_subscriptions": {"bot_events", "request_url"},
    "settings.interactivity": {"is_enabled", "request_url"},
}
# What each method of Slack's wants; any one of several is enough for its kind of channel, and we have all kinds.
METHODS: dict[str, set[str]] = {
    "api_call": set(),  # blocks.validate, which the SDK does not name
    "apps_connections_open": set(),  # the app-level token's
    "auth_test": set(),
    "chat_delete": {"chat:write"},
    "chat_getPermalink": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_members": {"channels:read", "groups:read"},
    "files_delete": {"files:write"},
    "files_completeUploadExternal": {"files:write"},
    "files_getUploadURLExternal": {"files:write"},
    "functions_completeError": set(),
    "functions_completeSuccess": set(),
    "conversations_replies": {"channels:history", "groups:history"},
    "usergroups_list": {"usergroups:read"},
    "usergroups_users_list": {"usergroups:read"},
    "views_publish": set(),
    "users_info": {"users:read"},
    "users_list": {"users:read"},
    "users_lookupByEmail": {"users:read.email"},
    "views_open": set(),
    "views_update": set(),
}


def at(path: str) -> Any:
    found: Any = MANIFEST
    for step in filter(None, path.split(".")):
        found = found[int(step) if step.isdecimal() else step]
    return found


def called() -> set[str]:
    """Every method of Slack's that is named on an object, called there or handed on to be called."""
    named = [node.attr for _, node in nodes("bot") if isinstance(node, ast.Attribute)]
    return {name for name in named if "_" in name and hasattr(AsyncWebClient, name) and not name.startswith("_")}


def test_the_manifest_asks_for_the_scopes_we_know_and_no_others():
    assert sorted(BOT_SCOPES) == sorted([*scopes.NEEDED, *scopes.OPTIONAL])


def test_the_scopes_we_can_do_without_are_optional():
    assert sorted(MANIFEST["oauth_config"]["scopes"]["bot_optional"]) == sorted(scopes.OPTIONAL)


def test_the_manifest_subscribes_to_the_events_we_listen_to():
    assert sorted(SETTINGS["event_subscriptions"]["bot_events"]) == sorted(listeners.EVENTS)


def test_the_command_is_the_one_we_listen_to_with_people_escaped():
    assert [command["command"] for command in FEATURES["slash_commands"]] == [listeners.COMMAND]
    assert all(command["should_escape"] for command in FEATURES["slash_commands"])


def test_the_shortcut_is_the_one_we_listen_to():
    assert [(each["type"], each["callback_id"]) for each in FEATURES["shortcuts"]] == [("message", wire.ASK_SHORTCUT)]


def test_people_can_be_written_to_and_press_buttons():
    assert FEATURES["app_home"]["messages_tab_enabled"]
    assert not FEATURES["app_home"]["messages_tab_read_only_enabled"], "answers can be typed"
    assert SETTINGS["interactivity"]["is_enabled"]


def test_the_token_we_are_given_does_not_run_out():
    assert not SETTINGS["token_rotation_enabled"]
    assert not SETTINGS["org_deploy_enabled"]


@pytest.mark.parametrize(("path", "least", "most"), LENGTHS, ids=[path for path, *_ in LENGTHS])
def test_a_text_of_the_manifest_has_a_length_slack_takes(path: str, least: int, most: int):
    assert least <= len(at(path)) <= most


@pytest.mark.parametrize("path", KNOWN, ids=lambda path: path or "manifest")
def test_the_manifest_has_only_keys_slack_knows(path: str):
    assert set(at(path)) <= KNOWN[path]


def test_the_manifest_for_workflows_is_made_from_the_usual_one():
    kept = (ROOT / workflow_manifest.NAME).read_text(encoding="utf-8")
    assert kept == workflow_manifest.workflow_manifest(), "make manifests"


def test_the_manifest_for_workflows_differs_in_the_step_and_what_a_step_needs():
    step = deepcopy(FOR_WORKFLOWS)
    assert list(step.pop("functions")) == list(listeners.FUNCTIONS)
    assert step["settings"].pop("function_runtime") == "remote"
    assert step["settings"].pop("org_deploy_enabled")
    step["settings"]["event_subscriptions"]["bot_events"].remove("function_executed")
    usual = deepcopy(MANIFEST)
    assert not usual["settings"].pop("org_deploy_enabled")
    assert step == usual


def test_a_step_can_always_be_completed():
    [step] = FOR_WORKFLOWS["functions"].values()
    assert step["input_parameters"]["required"] == ["person"]
    assert step["output_parameters"]["required"] == []  # nobody may have been asked


if "SLACK_MANIFEST_SCHEMA" in os.environ:  # a path to the newest manifest.schema of Slack's manifest-schema repository

    @pytest.mark.parametrize("manifest", [MANIFEST, FOR_WORKFLOWS], ids=["usual", "workflow"])
    def test_the_manifest_is_valid_by_slacks_own_schema(manifest: dict[str, Any]):
        schema = json.loads(Path(os.environ["SLACK_MANIFEST_SCHEMA"]).read_text(encoding="utf-8"))
        jsonschema.validate(manifest, schema)


def test_every_method_of_slacks_that_is_called_has_its_scopes_in_the_table():
    assert called() == set(METHODS)


@pytest.mark.parametrize("method", METHODS)
def test_a_method_of_slacks_has_the_scopes_it_wants(method: str):
    assert METHODS[method] <= set(BOT_SCOPES)
