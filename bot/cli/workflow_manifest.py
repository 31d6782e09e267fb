"""The manifest of the same app with a step for Slack's Workflow Builder; made from the usual one so that they agree."""

from bot.cli.manifest import manifest

NAME = "manifest.workflow.yml"
HEAD = (
    "# Made from manifest.yml by `make manifests`: the same app, with a step for Workflow Builder (docs/workflow.md).\n"
)
EVENTS = "    bot_events:\n"
NOT_FOR_ORGANISATIONS = "  org_deploy_enabled: false\n"
FOR_ORGANISATIONS = "  org_deploy_enabled: true\n  function_runtime: remote\n"
# The names are a contract: a workflow that was built with them stops working when one changes.
FUNCTIONS = """\
functions:
  ask_for_nps:
    title: Ask for NPS
    description: Asks somebody how likely they are to recommend you, and waits for the answer
    input_parameters:
      properties:
        person:
          type: slack#/types/user_id
          title: Person
          description: Who is asked
        survey:
          type: string
          title: Survey
          description: "Its name (/nps surveys); empty: the usual one"
        place:
          type: slack#/types/channel_id
          title: Channel
          description: "Where; empty: by direct message"
        thread:
          type: string
          title: Thread
          description: Link to a message to answer, or its timestamp together with the channel
        context:
          type: string
          title: About what
          description: Shown on the card, for example Tuesday's export problem
      required:
        - person
    output_parameters:
      properties:
        asked:
          type: boolean
          title: Asked
          description: Whether the question left
        reason:
          type: string
          title: Why there is no answer
          description: "declined, expired, withdrawn, failed, erased, or why nobody was asked"
        score:
          type: number
          title: Score
          description: 0 to 10
        category:
          type: string
          title: Category
          description: promoter, passive or detractor
        comment:
          type: string
          title: Comment
          description: What they wrote
      required: []
"""


def workflow_manifest() -> str:
    """Raises ValueError when the usual manifest has none of the lines this one differs in."""
    listening = _replaced(manifest(), EVENTS, f"{EVENTS}      - function_executed\n")
    return HEAD + _replaced(listening, NOT_FOR_ORGANISATIONS, FOR_ORGANISATIONS) + FUNCTIONS


def _replaced(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise ValueError(f"the manifest has no line {old.strip()!r} to change")
    return text.replace(old, new)
