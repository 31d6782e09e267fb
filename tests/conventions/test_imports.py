"""What import contracts cannot say: whose queries a service runs, and that rules see nothing of the world."""

import ast
from pathlib import Path

import pytest

from tests.conventions.source import imported, modules, nodes, place

EVERYBODYS = {"models", "database", "slices"}
# The standard library's quiet part: values and arithmetic.
THOUGHT_ALONE = {
    *("collections", "dataclasses", "datetime", "enum", "itertools", "math", "re", "statistics", "typing"),
    *("calendar", "difflib", "functools", "hashlib", "hmac", "ipaddress", "unicodedata"),
    "snowballstemmer",  # a word in, its stem out
}
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "time_ns", "perf_counter"}


@pytest.mark.parametrize("service", modules("bot/services"), ids=lambda path: path.stem)
def test_a_service_runs_only_the_queries_of_its_own_noun(service: Path):
    rooms = {name.split(".")[1] for name in imported(service) if name.startswith("storage.")}
    assert rooms - EVERYBODYS <= {service.stem}


@pytest.mark.parametrize("rule", modules("bot/rules"), ids=lambda path: path.stem)
def test_a_rule_is_made_of_values_and_other_rules(rule: Path):
    outside = {name.split(".")[0] for name in imported(rule) if not name.startswith("bot.rules.")}
    assert outside <= THOUGHT_ALONE


def reads_a_clock(call: ast.Call) -> bool:
    """`datetime.now(UTC)` does, `desk.now` and SQL's `func.now()` do not."""
    module, _, name = ast.unparse(call.func).rpartition(".")
    return name in CLOCKS and module.split(".")[-1] in {"datetime", "date", "time"}


def test_only_the_edges_read_the_clock():
    inner = nodes("bot/rules", "bot/services", "bot/texts", "bot/slack/blocks", "bot/slack/listeners", "storage")
    calls = [(path, node) for path, node in inner if isinstance(node, ast.Call)]
    assert [place(path, call) for path, call in calls if reads_a_clock(call)] == []


def test_only_the_settings_read_the_environment():
    read = [(path, node) for path, node in nodes("bot", "storage") if isinstance(node, ast.Attribute)]
    found = [place(path, node) for path, node in read if node.attr in {"environ", "getenv"}]
    assert [each for each in found if not each.startswith("bot/settings.py")] == []
