"""Why a row was refused, in a sentence for whoever mends the file."""

from bot.services.rows import Because, Refused

SENTENCES = {
    Because.CURRENCY: "The amount is in {about}, and all others are in {known}: there is one currency.",
    Because.DOMAIN_TAKEN: 'The mail domain {about} belongs to the account "{known}" already.',
    Because.TEAM_TAKEN: 'The Slack workspace {about} belongs to the account "{known}" already.',
    Because.OWN_TEAM: "{about} is your own Slack workspace, not a customer's.",
    Because.ACCOUNT_UNKNOWN: 'The account "{about}" is not known. Import the accounts first.',
    Because.SURVEY_UNKNOWN: 'The survey "{about}" is not known. There are: {known}.',
    Because.FUTURE: "The date {about} lies in the future.",
}
NO_PERSON = "It names nobody: a Slack id or an e-mail address is needed."
NOBODY = "Nobody in Slack has the address {about}."
NOT_LOOKED_UP = (
    "Who {about} is in Slack is not known. Give the user_id, or set SLACK_BOT_TOKEN so that addresses are looked up."
)
SEVERAL = "The address {about} belongs to several people. Give the user_id."
TWICE = "The same stands in line {line} already."


def refusal(refused: Refused) -> str:
    return SENTENCES[refused.because].format(about=refused.about, known=refused.known)
