"""The page "What we keep": a customer can read it without asking anybody."""

from bot.slack import wire
from bot.slack.blocks.invitations import CardFacts, is_shared, rehearsal
from bot.slack.blocks.kit import View, actions, button, modal, section
from bot.texts import speaker
from bot.texts.markup import mention


def what_we_keep(facts: CardFacts) -> View:
    say = speaker(facts.invitation.language)
    contact, company, about = facts.contact, facts.company, str(facts.invitation.id)
    told = [
        say.mrkdwn(
            "We keep your score, what you write, your Slack name, id, language and workspace, "
            "and when and in which conversation we asked."
        ),
        say.mrkdwn("If somebody looks after your answer, we keep who that was, how it ended and what they noted."),
        say.mrkdwn("Only {company}'s team sees your answer, together with your name.", company=company),
        say.mrkdwn("You can change your answer for 24 hours. Earlier versions are kept with it."),
        say.mrkdwn("You can ask {company} to erase everything; they can do it in one step.", company=company),
    ]
    if is_shared(facts.invitation):
        told.insert(1, say.mrkdwn("In this channel nobody sees your answer."))
    if facts.invitation.asked_by:
        told.append(
            say.mrkdwn("{person} asked us to send you this question.", person=mention(facts.invitation.asked_by))
        )
    if contact.opted_out_at is None:
        choice = button(say("Don't ask again"), wire.STOP_ASKING, about)
    else:
        told.append(say.mrkdwn("You will not be asked again."))
        choice = button(say("You may ask me again"), wire.ALLOW_ASKING, about)
    blocks = [*rehearsal(say, facts), *(section(line) for line in told), actions(choice)]
    return modal(say("What we keep"), blocks, close=say("Close"))
