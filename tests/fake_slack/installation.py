"""Our app as Slack sees it: where it is installed, with which tokens, secrets, scopes and switches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .clockwork import Clockwork
from .records import Json, SlackError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LEAST_SCOPES = frozenset({"chat:write", "commands", "users:read", "channels:read", "groups:read"})


class Installation(Clockwork):
    """Names and switches; any of them can be given to FakeSlack by name, or changed by a test later."""

    team_id = "T0NORTH"
    team_name = "Northwind"
    team_domain = "northwind"
    app_id = "A0NPS"
    bot_token = "xoxb-fake"
    app_token = "xapp-fake"
    signing_secret = "fake-signing-secret"
    client_id = "1111.2222"
    client_secret = "fake-client-secret"
    bot_user_id = "U0BOT"
    bot_id = "B0BOT"
    enterprise_id: str | None = None  # our own organisation, on Enterprise Grid
    enterprise_name = ""
    is_enterprise_install = False
    messages_tab_enabled = True
    home_tab_enabled = True
    metadata_limit = 8000  # characters of JSON; Slack has a limit but does not say which
    upload_status = 200  # what the address answers that files are sent to
    token_error: str | None = None  # "account_inactive", "token_revoked": what every call answers once uninstalled

    def __init__(self, clock: Callable[[], float], scopes: Iterable[str] = (), **facts: Any) -> None:
        super().__init__(clock)
        for name, value in facts.items():
            assert hasattr(type(self), name), f"FakeSlack has no fact called {name}"
            setattr(self, name, value)
        self.scopes = set(LEAST_SCOPES) | set(scopes)
        self.app_token_scopes = {"connections:write", "authorizations:read"}
        # Interactivity pages of Slack say trigger_expired where the method reference says expired_trigger_id:
        # error_names["expired_trigger_id"] = "trigger_expired" makes this fake answer the other word.
        self.error_names: dict[str, str] = {}
        self.install_codes: dict[str, tuple[str, float]] = {}  # code -> who installs, and since when

    def need_scope(self, scope: str, granted: set[str] | None = None) -> None:
        """Refuse, and call it a violation, when the app was not granted this scope."""
        granted = self.scopes if granted is None else granted
        if scope not in granted:
            self.violation(f"the scope {scope} is missing")
            raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(granted)))

    def install_code(self, user: str) -> str:
        """Somebody agreed to install the app: the code that Slack puts into the redirect."""
        code = self.next_id("code-")
        self.install_codes[code] = (user, self.now())
        return code

    def enterprise(self) -> Json | None:
        return {"id": self.enterprise_id, "name": self.enterprise_name} if self.enterprise_id else None

    def team(self) -> Json | None:
        """The installing workspace as interactions name it: None where a whole organisation installed the app."""
        return None if self.is_enterprise_install else {"id": self.team_id, "domain": self.team_domain}
