"""Who would be: somebody who is not the right person to ask may name another."""

from bot.services.cards import CardFacts
from bot.slack import contexts, wire
from bot.slack.blocks.kit import View, field, modal, person_menu
from bot.texts import speaker


def right_person_modal(facts: CardFacts) -> View:
    say = speaker(facts.invitation.language)
    hint = say("{company} may ask them instead. You need not name anybody.", company=facts.company)
    return modal(
        say("Thank you"),
        [field("person", say("Who would be the right person?"), person_menu(wire.VALUE), optional=True, hint=hint)],
        callback_id=wire.RIGHT_PERSON_MODAL,
        submit=say("Send"),
        close=say("Skip"),
        metadata=contexts.pack(contexts.RightPersonContext(facts.invitation.id)),
    )
