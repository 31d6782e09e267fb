"""What Slack's Web API says when it refuses: its word, the HTTP status, and how long to wait."""

from slack_sdk.errors import SlackApiError


def error_code(error: SlackApiError) -> str:
    """Slack's word for what went wrong; a gateway's page instead of Slack's JSON is "no_answer"."""
    data = getattr(error.response, "data", None)
    return str(data.get("error", "no_answer")) if isinstance(data, dict) else "no_answer"


def error_status(error: SlackApiError) -> int:
    """The HTTP status, whichever of its two response types the SDK has put into the error."""
    status: int = getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0)
    return status


def retry_after(error: SlackApiError) -> int:
    """How many seconds Slack asks us to wait, at least one."""
    return max(int(error.response.headers.get("Retry-After", "1")), 1)
