"""Small rooms, short functions: what a reader can hold in mind."""

import ast
from statistics import median

from tests.conventions.source import Function, modules, nodes, place

LONGEST_MODULE, LONGEST_FUNCTION, USUAL_FUNCTION = 250, 40, 8


def functions() -> dict[str, int]:
    found = [(path, node) for path, node in nodes("bot", "storage") if isinstance(node, Function)]
    return {f"{place(path, node)} {node.name}": node.end_lineno - node.lineno + 1 for path, node in found}


def test_no_module_is_longer_than_a_reader_wants_to_scroll():
    lengths = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules("bot", "storage")}
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_a_screen():
    assert {name: lines for name, lines in functions().items() if lines > LONGEST_FUNCTION} == {}


def test_most_functions_are_short():
    assert median(functions().values()) <= USUAL_FUNCTION


def test_every_module_begins_with_a_sentence_for_a_newcomer():
    missing = [
        place(path)
        for path, node in nodes("bot", "storage")
        if isinstance(node, ast.Module) and not ast.get_docstring(node)
    ]
    assert missing == []
