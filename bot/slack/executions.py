"""What Slack tells when a workflow comes to our step: one execution, and what its builder filled in."""

from dataclasses import dataclass

from bot.slack.shapes import Payload, reads


@dataclass(frozen=True)
class Execution:
    """`workspace_id`: where the workflow runs. Everything but the id may have been left empty."""

    id: str
    workspace_id: str | None
    person_id: str | None = None
    survey: str | None = None
    channel_id: str | None = None
    thread: str | None = None  # a link to a message, or its timestamp
    context: str | None = None


@reads
def execution(body: Payload) -> Execution:
    event = body["event"]
    inputs = event.get("inputs") or {}
    execution_id = event["function_execution_id"]
    if not isinstance(execution_id, str):
        raise TypeError("an execution is named by a word")
    return Execution(
        id=execution_id,
        workspace_id=body.get("team_id"),
        person_id=_word(inputs, "person"),
        survey=_word(inputs, "survey"),
        channel_id=_word(inputs, "place"),
        thread=_word(inputs, "thread"),
        context=_word(inputs, "context"),
    )


def _word(inputs: Payload, name: str) -> str | None:
    found = inputs.get(name)
    if isinstance(found, dict | list):
        raise TypeError("an input is one word")
    return None if found is None else str(found).strip() or None
