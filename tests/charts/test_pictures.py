"""A picture says what is true, to everybody: whole words, gaps where nothing is known, and without colours too."""

from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont

from bot.charts import Chart, Dot, Mark, font, png
from bot.charts.frame import LEAST_SPAN, LEFT, RIGHT, STEP, WIDTH, axis, framed
from bot.charts.picture import BAND, EDGE, FAINT, GROUND, INK, LINE, SHARP, SIGN, svg
from bot.rules.scoring import Tally
from tests.charts.samples import CHARTS, USUAL, WORDS, chart

LETTERS = [*"WMil. äßżğЖщΩάשלםلمن—“”0123456789+−", "e\u0301"]
MARGIN = 8  # pixels at every side that stay empty
every_chart = pytest.mark.parametrize("name", CHARTS)


def drawn(one: Chart) -> Image.Image:
    return Image.open(BytesIO(png(one))).convert("RGB")


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[n : n + 2], 16) for n in (1, 3, 5))


def luminance(colour: str) -> float:
    """Of a colour in grey, as WCAG has it."""
    parts = [part / 255 for part in rgb(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@every_chart
def test_it_is_a_png_of_the_size_that_was_planned_and_its_margin_is_empty(name: str):
    picture = drawn(CHARTS[name])
    assert picture.width == WIDTH * SHARP
    inside = picture.crop((MARGIN, MARGIN, picture.width - MARGIN, picture.height - MARGIN))
    empty = Image.new("RGB", picture.size, GROUND)
    empty.paste(inside, (MARGIN, MARGIN))
    assert empty.tobytes() == picture.tobytes(), "something runs out of its frame"


@pytest.mark.parametrize("language", WORDS)
def test_words_of_every_language_stay_within_the_frame(language: str):
    one = chart(USUAL[:3], [Mark(1, WORDS[language])])
    picture = drawn(one)
    right = picture.crop((picture.width - RIGHT * SHARP + 2, 0, picture.width, picture.height))
    below = right.crop((0, framed(one, below=2).bottom * SHARP + 4, *right.size))
    assert below.getcolors() == [(below.width * below.height, rgb(GROUND))]


def test_pictures_differ_where_numbers_or_words_do_and_nowhere_else():
    one = chart(USUAL, [Mark(3, "one")])
    others = [
        chart([*USUAL[:-1], Tally(50, 20, 7)], one.marks),
        chart(USUAL, [Mark(3, "two")]),
        chart(USUAL, [Mark(4, "one")]),
        replace(one, subtitle="Support"),
    ]
    assert png(one) == png(chart(USUAL, [Mark(3, "one")]))
    assert len({png(each) for each in [one, *others]}) == 5


def test_a_month_without_a_score_is_a_gap():
    few = Tally(5, 2, 2)
    whole, gap = (drawn(chart([USUAL[0], middle, USUAL[0]])) for middle in (USUAL[0], few))
    column = (LEFT + (WIDTH - LEFT - RIGHT) // 2) * SHARP + 20
    for picture, has_line in ((whole, True), (gap, False)):
        pixels = {picture.getpixel((column, y)) for y in range(picture.height)}
        assert (rgb(LINE) in pixels, rgb(BAND) in pixels) == (has_line, has_line)


def test_without_colours_everything_can_still_be_told_apart():
    assert contrast(LINE, BAND) > 4.5
    assert contrast(LINE, GROUND) > 7
    assert contrast(EDGE, GROUND) > 3  # the band ends where its edges are
    assert contrast(BAND, GROUND) > 1.4
    assert min(contrast(words, ground) for words in (INK, FAINT, SIGN) for ground in (GROUND,)) > 4.5
    assert contrast(INK, BAND) > 4.5


@every_chart
def test_what_is_drawn_is_well_formed_whatever_the_words(name: str):
    ET.fromstring(svg(CHARTS[name]))  # noqa: S314 - ours


def test_words_the_font_cannot_write_are_said_to_be_elsewhere():
    assert "(words in the message)" in svg(chart(USUAL, [Mark(1, WORDS["Japanese"])]))
    assert "(words in the message)" not in svg(chart(USUAL, [Mark(1, WORDS["Arabic"])]))


def test_there_is_a_zero_line_and_a_number_for_every_mark():
    said = svg(chart(USUAL, [Mark(1, "one"), Mark(1.01, "two")]))
    assert [said.count(f">{number}</text>") for number in (1, 2)] == [2, 2]  # at its line and beside its words
    assert f'stroke="{FAINT}" stroke-width="1.5"' in said


@given(ranges=st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), max_size=20))
def test_the_axis_holds_every_range_and_never_exaggerates(ranges):
    dots = [Dot("x", score=(low + high) / 2, low=min(low, high), high=max(low, high)) for low, high in ranges]
    found = axis(dots)
    assert -100 <= found.low <= min([0, *(dot.low for dot in dots)])
    assert max([0, *(dot.high for dot in dots)]) <= found.high <= 100
    assert found.high - found.low >= LEAST_SPAN
    assert found.low % STEP == found.high % STEP == 0


@given(st.lists(st.sampled_from(LETTERS), max_size=60).map("".join))
def test_no_text_is_drawn_wider_than_it_was_measured(text):
    real = ImageFont.truetype(str(font.PATH), 100).getlength(text)
    assert font.width(text, 100) >= real - 1


@given(text=st.text(max_size=200), widest=st.floats(30, 400), lines=st.integers(1, 3))
def test_wrapped_lines_fit_and_lose_nothing_while_there_is_room(text, widest, lines):
    found = font.wrapped(text, 15, widest=widest, most_lines=lines)
    assert len(found) <= lines
    assert all(font.width(line, 15) <= widest for line in found if len(line) > 1)
    if not any(line.endswith("…") for line in found):
        assert "".join(found).replace(" ", "") == "".join(text.split())
