"""Rows are pictures of what is stored: to change one, ask its noun's queries."""

import ast
from collections.abc import Iterator

from tests.conventions.source import nodes, place

# Nobody may yet set an attribute of what is not itself; an entry here wants a reason beside it.
MAY_SET: frozenset[str] = frozenset()


def stored(node: ast.AST) -> Iterator[ast.Attribute]:
    """Attributes that are set, counted up or deleted here, wherever they stand in a target."""
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store | ast.Del):
            yield each


def test_nothing_in_the_bot_sets_an_attribute_of_anything_but_itself():
    found = [(path, target) for path, node in nodes("bot") if isinstance(node, ast.stmt) for target in stored(node)]
    foreign = {place(path, each) + " " + ast.unparse(each) for path, each in found if ast.unparse(each.value) != "self"}
    assert {each for each in foreign if each.split()[1] not in MAY_SET} == set()


def test_nothing_in_the_bot_sets_an_attribute_by_name():
    calls = [(path, node) for path, node in nodes("bot") if isinstance(node, ast.Call)]
    assert [place(path, call) for path, call in calls if ast.unparse(call.func).split(".")[-1] == "setattr"] == []
