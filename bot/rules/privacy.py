"""Privacy: what a person was promised when they were asked, and so for ever, whatever the survey says later."""

from enum import StrEnum


class Privacy(StrEnum):
    """Colleagues see an answer with the name, or without it and without what leads to the name."""

    NAMED = "named"
    CONFIDENTIAL = "confidential"
