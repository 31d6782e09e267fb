"""Which of many names somebody means who types one from memory."""

import pytest

from bot.rules.names import meant, nearest, wanted

NAMES = {1: "Beta GmbH", 2: "Beta GmbH & Co. KG", 3: "Alphabeta", 4: "Straßen AG", 5: "Émile  Frères", 6: "acme"}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["Beta", "GmbH"], "Beta GmbH"),
        (['"Beta', 'GmbH"'], "Beta GmbH"),
        (["“Beta", "GmbH”"], "Beta GmbH"),
        (["„Beta“"], "Beta"),
        (["'O'Brien'"], "O'Brien"),
        ([], ""),
        (['""'], ""),
    ],
)
def test_quotes_around_a_name_are_no_part_of_it(words, name):
    assert wanted(words) == name


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Beta GmbH", [1]),  # the very name wins over others that hold it
        ("beta gmbh", [1]),
        ("BETA  GMBH", [1]),
        ("beta", [1, 2, 3]),  # those that begin with it first
        ("STRASSEN", [4]),
        ("émile frères", [5]),
        ("& co", [2]),
        ("Zeta", []),
    ],
)
def test_a_name_is_found_however_it_is_written_and_by_a_part_of_it(typed, found):
    assert meant(typed, NAMES) == found


@pytest.mark.parametrize(("typed", "found"), [("Acem", [6]), ("Alfabeta", [3]), ("Xylophone", [])])
def test_a_slip_finds_the_nearest(typed, found):
    assert nearest(typed, NAMES)[:1] == found


def test_among_many_the_nearest_is_found_all_the_same():
    many = {number: f"Company {number} Limited" for number in range(5000)}
    assert nearest("Acem", many | {9999: "Acme"}) == [9999]
    assert 4321 in nearest("Compnay 4321 Limited", many)
