"""The font that comes with us: how wide its letters are, and which it has. So no text runs out of its frame."""

import struct
import unicodedata
from functools import cache
from pathlib import Path

PATH = Path(__file__).with_name("fonts") / "DejaVuSans.ttf"
FAMILY = "DejaVu Sans"
SURELY = 1.03  # joined and shaped letters may be a little wider than each alone
UNSEEN = {"Cf", "Cc"}  # direction and joining marks have no width


def width(text: str, size: float) -> float:
    """How wide it is drawn at the most."""
    advances, units = _metrics()
    wide = sum(advances.get(ord(letter), units) for letter in text if unicodedata.category(letter) not in UNSEEN)
    return wide * size * SURELY / units


def fitting_size(text: str, size: float, *, widest: float) -> float:
    """The size, or a smaller one in which it fits."""
    return min(size, size * widest / max(width(text, size), 1))


def can_write(text: str) -> bool:
    advances, _ = _metrics()
    return all(ord(letter) in advances or unicodedata.category(letter) == "Cf" for letter in text)


def wrapped(text: str, size: float, *, widest: float, most_lines: int) -> list[str]:
    """In lines that fit; what does not fit into so many ends with an ellipsis."""
    lines, words = [""], text.split()
    while words:
        word = words.pop(0)
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size) <= widest:
            lines[-1] = longer
        elif not lines[-1]:  # one word, longer than a line
            fits = _fitting(word, size, widest)
            lines[-1], words = word[:fits], [word[fits:], *words]
        elif len(lines) == most_lines:
            return [*lines[:-1], _shortened(longer, size, widest)]
        else:
            lines.append("")
            words.insert(0, word)
    return lines


def _fitting(word: str, size: float, widest: float) -> int:
    """How many letters of a word a line holds, at least one."""
    return next((n for n in range(len(word), 1, -1) if width(word[:n], size) <= widest), 1)


def _shortened(text: str, size: float, widest: float) -> str:
    while width(f"{text}…", size) > widest:
        text = text[:-1]
    return f"{text.rstrip()}…"


@cache
def _metrics() -> tuple[dict[int, int], int]:
    """The advance width of every character there is, and the units an em has; from the tables of the font."""
    data = PATH.read_bytes()
    tables = {}
    for number in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * number)
        tables[tag] = offset
    units = struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
    measured = struct.unpack_from(">H", data, tables[b"hhea"] + 34)[0]
    advances = [struct.unpack_from(">H", data, tables[b"hmtx"] + 4 * glyph)[0] for glyph in range(measured)]
    glyphs = _glyphs(data, tables[b"cmap"])
    return {character: advances[min(glyph, measured - 1)] for character, glyph in glyphs.items()}, units


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """Which glyph draws a character, from the table of format 12, which has them all."""
    for number in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        offset = cmap + struct.unpack_from(">HHL", data, cmap + 4 + 8 * number)[2]
        if struct.unpack_from(">H", data, offset)[0] == 12:  # noqa: PLR2004 - the format's own name
            groups = struct.iter_unpack(
                ">LLL", data[offset + 16 : offset + struct.unpack_from(">L", data, offset + 4)[0]]
            )
            return {first + n: glyph + n for first, last, glyph in groups for n in range(last - first + 1)}
    raise ValueError(f"{PATH.name} has no such table")
