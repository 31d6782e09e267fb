"""What the bot replies to what somebody typed, in every language."""

from dataclasses import replace

from bot.cli.sample_facts import card_facts, exit_facts
from bot.services.typed import Reply
from bot.slack.blocks import typed
from bot.slack.blocks.invitations import card
from bot.texts import LANGUAGES
from tests.gallery.documents import NOW, States
from tests.gallery.states.cards import changed

ABOUT_AN_ANSWER = (Reply.SCORE, Reply.WORDS, Reply.CHANGE)


def states() -> States:
    for language in LANGUAGES:
        answered = card_facts(NOW, language=language, state="answered")
        for reply in ABOUT_AN_ANSWER:
            yield f"{reply}-{language}", typed.reply(answered, reply)
        bare = card_facts(NOW, language=language, state="answered", comment=None)
        yield f"typed_score-only-{language}", typed.reply(bare, Reply.SCORE)
        yield f"typed_buttons-{language}", typed.reply(card_facts(NOW, language=language), Reply.BUTTONS)
        yield f"typed_buttons-exit-{language}", typed.reply(exit_facts(NOW, language=language), Reply.BUTTONS)
        for who, has_commands in {"guest": True, "outside": False}.items():
            yield f"typed_nothing-{who}-{language}", typed.nothing_open(language, has_commands=has_commands)
        by_buttons = replace(card_facts(NOW, language=language), takes_typed=False)
        yield f"card-dm-by-buttons-{language}", card(by_buttons)
    yield (
        "typed_score-rehearsal",
        typed.reply(changed(card_facts(NOW, state="answered"), is_rehearsal=True), Reply.SCORE),
    )
