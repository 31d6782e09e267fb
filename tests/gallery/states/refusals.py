"""Every polite no. Only those a respondent may read are drawn in every language."""

from bot.slack.blocks.kit import Message, section
from bot.texts import LANGUAGES, speaker
from bot.texts.refusals import sentence
from bot.texts.refusals_to_colleagues import TO_COLLEAGUES
from tests.gallery.documents import Line, States
from tests.texts.test_refusals import REFUSALS


def states() -> States:
    yield "refusals-to-colleagues", _together("en", is_to_colleagues=True)
    for language in LANGUAGES:
        yield f"refusals-{language}", _together(language, is_to_colleagues=False)


def _together(language: str, *, is_to_colleagues: bool) -> list[Line]:
    """All of them in one picture, each as the whisper it is."""
    told = [sentence(each, speaker(language)) for each in REFUSALS if (type(each) in TO_COLLEAGUES) is is_to_colleagues]
    return [Line("NPS Bot", Message(text, [section(text)])) for text in dict.fromkeys(told)]
