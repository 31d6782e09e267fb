"""Collect what respondents read into the catalogues, for `make catalogues`; a test says which sentences are empty."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
RESPONDENTS_READ = (
    "bot/slack/blocks/invitations.py",
    "bot/slack/blocks/responses.py",
    "bot/slack/blocks/exits.py",
    "bot/slack/blocks/favours.py",
    "bot/slack/blocks/privacy.py",
    "bot/slack/blocks/promises.py",
    "bot/slack/blocks/recoveries.py",
    "bot/slack/blocks/right_person.py",
    "bot/slack/blocks/scales.py",
    "bot/slack/blocks/typed.py",
    "bot/slack/blocks/replies.py",
    "bot/texts/refusals.py",
)
KEYWORDS = {"say": None, "mrkdwn": None, "many": (1, 2)}


def sentences() -> Iterator[str | tuple[str, ...]]:
    """Every sentence a respondent may read; a pair where a count chooses."""
    for path in RESPONDENTS_READ:
        for _, message, _, _ in extract_from_file("python", str(ROOT / path), keywords=KEYWORDS):
            yield message


def update(path: Path) -> None:
    """Keep what is translated, add what is new, drop what nobody says any more; the header stays as it is."""
    header, _, _ = path.read_text(encoding="utf-8").partition("\n\n")
    with path.open("rb") as file:
        known = read_po(file)
    fresh = Catalog(locale=known.locale)
    for sentence in sentences():
        translated = known.get(sentence if isinstance(sentence, str) else sentence[0])
        fresh.add(sentence, translated.string if translated else "")
    written = BytesIO()
    write_po(written, fresh, width=0, omit_header=True)
    path.write_text(f"{header}\n\n{written.getvalue().decode().strip()}\n", encoding="utf-8")


if __name__ == "__main__":
    for catalogue in sorted((ROOT / "bot/texts/locale").glob("*/LC_MESSAGES/messages.po")):
        update(catalogue)
