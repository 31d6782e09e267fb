"""Speakers: one per language, each says sentences through its catalogue; there is nothing to compile."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from bot.texts.markup import Mrkdwn, escape

LOCALES = Path(__file__).parent / "locale"
LANGUAGES = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "pt_BR": "Português (Brasil)",
    "ja": "日本語",
}


class Speaker:
    """Says sentences in one language. Called, it gives plain text; `mrkdwn` escapes every slot for a message."""

    def __init__(self, language: str, catalogue: NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def __call__(self, sentence: str, **slots: object) -> str:
        return self._catalogue.gettext(sentence).format(**slots)

    def mrkdwn(self, sentence: str, **slots: object) -> Mrkdwn:
        """A slot that is not `Mrkdwn` already is escaped: it can link nowhere and mention nobody."""
        return Mrkdwn(self._catalogue.gettext(sentence).format(**{k: escape(v) for k, v in slots.items()}))

    def many(self, one: str, several: str, count: int, **slots: object) -> Mrkdwn:
        """The form of the sentence that this count wants, escaped like `mrkdwn`; the count is the slot {n}."""
        chosen = self._catalogue.ngettext(one, several, count)
        n = format_decimal(count, locale=self.language)
        return Mrkdwn(chosen.format(n=n, **{k: escape(v) for k, v in slots.items()}))


@cache
def speaker(language: str) -> Speaker:
    """Somebody who speaks this language, or English where we do not."""
    known = language if language in LANGUAGES else "en"
    return Speaker(known, _catalogue(known))


def language_for(slack_locale: str | None) -> str | None:
    """The language of ours that fits Slack's locale: "de-AT" -> "de", "pt-PT" -> "pt_BR"; None when none does."""
    if not slack_locale:
        return None
    # Slack has locales no registry knows ("es-LA"); the part before the region decides.
    wanted = slack_locale.replace("-", "_").casefold()
    language = wanted.partition("_")[0]
    forms = {ours.casefold(): ours for ours in LANGUAGES}
    regional = next((ours for ours in LANGUAGES if ours.partition("_")[0] == language), None)
    return forms.get(wanted) or forms.get(language) or regional


def catalogue_file(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "messages.po"


def _catalogue(language: str) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    with catalogue_file(language).open("rb") as file:
        parsed = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, parsed)
    compiled.seek(0)
    return GNUTranslations(compiled)
