"""What a colleague hears of a file of answers: that it is being written, that it comes, or why it does not."""

from bot.services import answer_files
from bot.services.scopes import Scope
from bot.slack.blocks.kit import Message, context, section
from bot.slack.blocks.scores import answers_of
from bot.slack.blocks.views import about
from bot.texts import speaker
from bot.texts.markup import Mrkdwn

say = speaker("en")
TITLE = "Answers"
ON_THE_COMMAND_LINE = "Whoever runs me can write the same file with `nps-bot export report`."


def file_ordered(scope: Scope) -> Message:
    return _plain(say.mrkdwn("I am writing your file: {about}. It comes by direct message.", about=_about(scope)))


def file_waits() -> Message:
    return _plain(say.mrkdwn("I am still writing the file you asked for before. Ask again once it is there."))


def file_comes(scope: Scope, count: int) -> Message:
    """The message above the file; alone, where there is nothing to write."""
    about = _about(scope)
    if not count:
        return _plain(say.mrkdwn("There are no answers to write into a file: {about}.", about=about))
    lead = say.mrkdwn("Your file, {answers}: {about}.", answers=answers_of(count), about=about)
    care = say.mrkdwn(
        "It holds names and comments, and nothing I do later reaches it: whoever is erased from now on stays in it. "
        "Delete it when you no longer need it."
    )
    return Message(Mrkdwn(f"{lead}\n{care}"), [section(lead), context(care)])


def file_failed() -> Message:
    return _plain(say.mrkdwn("I could not write your file; I tried three times. {line}", line=_line()))


def file_not_allowed(scope: str) -> Message:
    return _plain(
        say.mrkdwn(
            "I may not upload files here: the scope `{scope}` is missing. Whoever may install apps in this workspace "
            "can add it, by installing me again with all scopes of the manifest. {line}",
            scope=scope,
            line=_line(),
        )
    )


def _about(scope: Scope) -> Mrkdwn:
    """Of both kinds, where none was wished for; over the time of the number, where none was."""
    kind, _, narrowed = about(scope).partition(", ")
    of = Mrkdwn(kind) if answer_files.is_of_one_kind(scope) else say.mrkdwn("relationship and after interactions")
    when = [] if scope.period else [say.mrkdwn("the latest, as `/nps` counts them")]
    return Mrkdwn(", ".join([of, *([narrowed] if narrowed else []), *when]))


def _line() -> Mrkdwn:
    return say.mrkdwn(ON_THE_COMMAND_LINE)


def _plain(text: Mrkdwn) -> Message:
    return Message(text, [section(text)])
