"""Structured logs: an event in the past tense and ids; never a comment, a name or a token."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog

LogFormat = Literal["console", "json"]
# Words that never belong in a log line, whatever module writes them: Slack's libraries would print bodies and tokens.
PRIVATE_KEYS = frozenset({"body", "comment", "name", "text", "token", "note", "question", "email", "payload"})
# Below a warning only we may speak: what libraries say there holds whole requests.
OURS = ("bot", "storage")


def configure(*, level: str, style: LogFormat) -> None:
    """Send every log line to stderr, ours and the libraries', in one format."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        withhold_private,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(style, shared))
    handler.addFilter(_speaks_for_us)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)


def _speaks_for_us(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] in OURS


def withhold_private(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace what a log must never hold, so that a careless line leaks nothing."""
    for key in PRIVATE_KEYS & event.keys():
        event[key] = "(withheld)"
    return event


def _formatter(style: LogFormat, shared: list[structlog.typing.Processor]) -> logging.Formatter:
    # Tracebacks without local variables: a local may be a comment.
    render: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if style == "json"
        else [
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
        ]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *render],
    )
