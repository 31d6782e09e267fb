"""Workflows that come to a step of ours: what Slack tells the app, and how strictly it takes what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .happenings import Happenings
from .records import Ack, Json, SlackError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

STEP_TOKEN_SECONDS = 15 * 60
KINDS: dict[str, type | tuple[type, ...]] = {"string": str, "boolean": bool, "number": (int, float), "integer": int}


@dataclass
class Step:
    """One execution of a step. `outputs` or `error` is set once it is finished."""

    id: str
    callback_id: str
    outputs: Json | None = None
    error: str | None = None

    @property
    def is_finished(self) -> bool:
        return self.outputs is not None or self.error is not None


class Workflows(Happenings):
    """`functions`: the steps of the app's manifest, by callback id, as it is written there."""

    def __init__(self, clock: Callable[[], float], scopes: Iterable[str] = (), **facts: Any) -> None:
        super().__init__(clock, scopes, **facts)
        self.functions: dict[str, Json] = {}
        self.steps: dict[str, Step] = {}
        self._step_tokens: dict[str, float] = {}

    async def run_step(self, callback_id: str, inputs: Json, *, team_id: str | None = None) -> Ack:
        """A workflow comes to our step; the execution id and the step's own token are in the event of the delivery."""
        problems = list(_mismatches(self.functions[callback_id]["input_parameters"], inputs))
        assert not problems, f"Workflow Builder would not publish that: {problems}"
        step, token = Step(self.next_id("Fx"), callback_id), self.next_id("xwfp-")
        self.steps[step.id] = step
        self._step_tokens[token] = self.now()
        event: Json = {
            "type": "function_executed",
            "function": self._described(callback_id),
            "inputs": inputs,
            "function_execution_id": step.id,
            "workflow_execution_id": self.next_id("Wx"),
            "event_ts": self.next_ts(),
            "bot_access_token": token,
        }
        return await (self._elsewhere(event, team_id) if team_id else self.event(event))

    def finish_step(self, execution: str, *, outputs: Any = None, error: str | None = None) -> None:
        """A step is finished once, with what its manifest says."""
        step = self.steps.get(execution)
        if step is None:
            raise SlackError("function_execution_not_found")
        if step.is_finished:
            raise SlackError("execution_not_in_running_state")
        if error is None:
            self._check_outputs(step, outputs)
        step.outputs, step.error = outputs, error

    def is_step_token(self, token: str) -> bool:
        """A step's token lives a quarter of an hour."""
        return self.now() - self._step_tokens.get(token, float("-inf")) <= STEP_TOKEN_SECONDS

    def _check_outputs(self, step: Step, outputs: Any) -> None:
        wrong = list(_mismatches(self.functions[step.callback_id]["output_parameters"], outputs))
        if wrong:
            self.violation(f"functions.completeSuccess: {'; '.join(wrong)}")
            raise SlackError("parameter_validation_failed", response_metadata={"messages": wrong})

    def _described(self, callback_id: str) -> Json:
        function = self.functions[callback_id]
        listed = {name: _listed(function[name]) for name in ("input_parameters", "output_parameters")}
        facts = {"id": "Fn0STEP", "callback_id": callback_id, "type": "app", "app_id": self.app_id}
        return {**facts, "title": function["title"], "description": function["description"], **listed}

    async def _elsewhere(self, event: Json, team_id: str) -> Ack:
        """As another workspace of the organisation would have it told."""
        ours, self.team_id = self.team_id, team_id
        try:
            return await self.event(event)
        finally:
            self.team_id = ours


def _listed(parameters: Json) -> list[Json]:
    """As a map in the manifest, so a list in the event."""
    required = parameters.get("required", [])
    return [{"name": name, **it, "is_required": name in required} for name, it in parameters["properties"].items()]


def _mismatches(parameters: Json, given: Any) -> Iterator[str]:
    if not isinstance(given, dict):
        yield "not an object"
        return
    yield from (f"{name} is missing" for name in parameters.get("required", []) if given.get(name) is None)
    for name, value in given.items():
        kind = parameters["properties"].get(name, {}).get("type")
        if kind is None:
            yield f"{name} is no parameter"
        elif not _is_of(kind, value):
            yield f"{name} is no {kind}"


def _is_of(kind: str, value: Any) -> bool:
    wanted = KINDS.get(kind, str)  # Slack's own types are ids and timestamps
    return isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool))
