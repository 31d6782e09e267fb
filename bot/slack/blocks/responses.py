"""The private room: the modal after a score, where everything that depends on the score happens."""

from bot.rules.scoring import HIGHEST, LOWEST, Category, category
from bot.rules.urgency import Solved
from bot.services.cards import CardFacts
from bot.services.recoveries import is_recovery
from bot.services.surveys import SurveyKind
from bot.slack import contexts, wire
from bot.slack.blocks.favours import favour_box
from bot.slack.blocks.invitations import rehearsal
from bot.slack.blocks.kit import Block, Element, View, choices, context, field, menu, modal, section, tick, typed
from bot.slack.blocks.promises import privacy_line
from bot.slack.blocks.recoveries import recovery_prompt
from bot.texts import Speaker, speaker
from storage.models import Invitation, Response

LONGEST_COMMENT = 3000


def comment_modal(
    facts: CardFacts,
    response: Response,
    *,
    response_url: str | None,
    opened: contexts.CommentContext | None = None,
    offers_favour: bool = False,
) -> View:
    """
    Titled the same whatever the score; opened again, it shows what was said before.

    `opened`: what an open modal was opened with, when only its score changes.
    """
    say = speaker(facts.invitation.language)
    return modal(
        say("Thank you"),
        [
            *rehearsal(say, facts),
            section(
                say.mrkdwn(
                    "Your score, {score}, is saved. You can change it here; the rest is optional.", score=response.score
                ),
                _score_menu(facts.invitation, response.score),
                block_id="score",
            ),
            *_solved(say, facts.invitation, response),
            _comment(say, response),
            _reply(say, response),
            *([favour_box(say)] if offers_favour else []),
            context(privacy_line(say, facts)),
        ],
        callback_id=wire.COMMENT_MODAL,
        submit=say("Send"),
        close=say("Skip"),
        metadata=contexts.pack(_kept_along(response, response_url, opened)),
    )


def _reply(say: Speaker, response: Response) -> Block:
    wish = tick(wire.VALUE, say("I'd like a reply"), ticked=response.wants_reply)
    return field("reply", say("Our reply"), wish, optional=True)


def _kept_along(
    response: Response, response_url: str | None, opened: contexts.CommentContext | None
) -> contexts.CommentContext:
    return contexts.CommentContext(
        invitation_id=response.invitation_id,
        score=response.score,
        had_comment=opened.had_comment if opened else bool(response.comment),
        had_solved=opened.had_solved if opened else bool(response.solved),
        had_reply=opened.had_reply if opened else response.wants_reply,
        response_url=response_url,
    )


def comment_prompt(say: Speaker, score: int) -> str:
    """One open question that asks both why and what to do."""
    match category(score):
        case Category.DETRACTOR:
            return say("What went wrong, and what should we fix first?")
        case Category.PASSIVE:
            return say("What one change would help you most?")
        case Category.PROMOTER:
            return say("What do you value most?")


def _score_menu(invitation: Invitation, score: int) -> Element:
    options = [(wire.score_value(invitation.id, each), str(each)) for each in range(LOWEST, HIGHEST + 1)]
    return menu(wire.SCORE_PICKED, options, chosen=wire.score_value(invitation.id, score))


def _solved(say: Speaker, invitation: Invitation, response: Response) -> list[Block]:
    if invitation.kind != SurveyKind.TRANSACTIONAL:
        return []
    options = [(Solved.YES.value, say("Yes")), (Solved.PARTLY.value, say("Partly")), (Solved.NO.value, say("No"))]
    return [
        field(
            "solved",
            say("Did we solve your problem?"),
            choices(wire.VALUE, options, chosen=response.solved),
            optional=True,
        )
    ]


def _comment(say: Speaker, response: Response) -> Block:
    element = typed(wire.VALUE, longest=LONGEST_COMMENT, text=response.comment, lines=True)
    prompt = recovery_prompt(say) if is_recovery(response) else comment_prompt(say, response.score)
    return field("comment", prompt, element, optional=True)
