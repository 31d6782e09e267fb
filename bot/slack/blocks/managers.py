"""Who manages surveys, chosen in one modal."""

from collections.abc import Sequence

from bot.slack import wire
from bot.slack.blocks.kit import View, field, modal, people_menu
from bot.texts import speaker

say = speaker("en")


def managers_modal(managers: Sequence[str]) -> View:
    element = people_menu(wire.VALUE, chosen=managers)
    hint = say("They may set up surveys, choose alert channels and stop asking. Workspace admins may anyway.")
    return modal(
        say("Managers"),
        [field("managers", say("Who manages surveys"), element, optional=True, hint=hint)],
        callback_id=wire.MANAGERS_MODAL,
        submit=say("Save"),
        close=say("Cancel"),
    )
