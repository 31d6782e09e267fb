"""Northwind, a small company: its colleagues, its customers, its channels."""

from collections.abc import Mapping
from dataclasses import dataclass

TEAM, NAME, DOMAIN = "T01NORTH", "Northwind", "northwind"
BOT, BOT_NAME = "U0BOT", "nps"
GENERAL, HELP, HELP_ALERTS, CUSTOMER_ALERTS = "C01GENERAL", "C01HELP", "C01HELPALERTS", "C01CUSTALERTS"
CLOCK = "UTC"  # everybody's, since times are shown in it
EMOJI, PICTURE = "ballot_box_with_ballot", "ballot.svg"
BALLOT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="#fff" stroke="#1d3b4f" stroke-width="2">'
    '<path d="M3 12h18v10H3zM8 12V3h8v9"/><path fill="none" d="M10 7l2 2 3-4M6 16h12"/></svg>'
)


@dataclass(frozen=True)
class Somebody:
    """A person in the workspace. `account`: the company they come from; colleagues have none."""

    user_id: str
    handle: str
    name: str
    account: str | None = None
    locale: str = "en-GB"
    is_admin: bool = False

    @property
    def email(self) -> str:
        return f"{self.handle}@{DOMAINS[self.account] if self.account else 'northwind.example'}"


# Account, and where its people's mail goes. Somebody of the first eight is here; of the others there are only answers.
DOMAINS = {
    "Beta GmbH": "beta.example",
    "Lumen Foods": "lumenfoods.example",
    "Harbour Rail": "harbourrail.example",
    "Kestrel Health": "kestrel.example",
    "Tallow & Sons": "tallow.example",
    "Sakura Print": "sakura.example",
    "Oficina Verde": "oficinaverde.example",
    "Noor Clinics": "noor.example",
    "Alder Books": "alderbooks.example",
    "Bergfeld Optik": "bergfeldoptik.example",
    "Brightwater Labs": "brightwaterlabs.example",
    "Cobalt Insurance": "cobaltinsurance.example",
    "Delta Shipping": "deltashipping.example",
    "Estúdio Lua": "estudiolua.example",
    "Fjord Energy": "fjordenergy.example",
    "Granite Legal": "granitelegal.example",
    "Hotel Miramar": "hotelmiramar.example",
    "Ironbridge Steel": "ironbridgesteel.example",
    "Jade Logistics": "jadelogistics.example",
    "Kiosk Nord": "kiosknord.example",
    "Linden School": "lindenschool.example",
    "Maison Perrin": "maisonperrin.example",
    "Norte Seguros": "norteseguros.example",
    "Orchard Dental": "orcharddental.example",
    "Pacific Tools": "pacifictools.example",
    "Quarry Games": "quarrygames.example",
    "Ravel Musique": "ravelmusique.example",
    "Solaris Parks": "solarisparks.example",
    "Tanaka Motors": "tanakamotors.example",
    "Umbra Films": "umbrafilms.example",
}
ADA = Somebody("U01ADA", "ada", "Ada Okafor", is_admin=True)
BO = Somebody("U01BO", "bo", "Bo Lind")
CY = Somebody("U01CY", "cy", "Cy Young")
MAE = Somebody("U01MAE", "mae", "Mae Torres")
COLLEAGUES = (ADA, BO, CY, MAE)

ANA = Somebody("U01ANA", "ana", "Ana Ruiz", "Beta GmbH")
KIM = Somebody("U01KIM", "kim", "Kim Weiß", "Beta GmbH", "de-DE")
LEA = Somebody("U01LEA", "lea", "Lea Roth", "Lumen Foods")
TOM = Somebody("U01TOM", "tom", "Tom Baker-Fitzgerald", "Harbour Rail")
IDA = Somebody("U01IDA", "ida", "Ida Nkemelu", "Kestrel Health")
SAM = Somebody("U01SAM", "sam", "Sam Tallow", "Tallow & Sons")
YUI = Somebody("U01YUI", "yui", "名取 結衣", "Sakura Print", "ja-JP")
NUR = Somebody("U01NUR", "nur", "نور حداد", "Noor Clinics")
CUSTOMERS = (ANA, KIM, LEA, TOM, IDA, SAM, YUI, NUR)
EVERYBODY = (*COLLEAGUES, *CUSTOMERS)

CHANNELS: Mapping[str, tuple[str, tuple[Somebody, ...]]] = {
    GENERAL: ("general", COLLEAGUES),
    HELP: ("help", (BO, CY, MAE, *CUSTOMERS)),
    HELP_ALERTS: ("help-alerts", COLLEAGUES),
    CUSTOMER_ALERTS: ("customer-alerts", COLLEAGUES),
}


def home_of(number: int) -> str:
    """The Slack workspace of an account, by its place in `DOMAINS`."""
    return f"T02ACC{number}"


def known(user_id: str) -> Somebody | None:
    return next((somebody for somebody in EVERYBODY if somebody.user_id == user_id), None)


def workspace(*, bot_token: str, signing_secret: str, request_url: str) -> Mapping[str, object]:
    """The company as local-slack's configuration wants it."""
    return {
        "workspace": {"name": NAME, "domain": DOMAIN, "teamId": TEAM},
        "app": {
            "appId": "A01APP",
            "botUserId": BOT,
            "botName": BOT_NAME,
            "botToken": bot_token,
            "appToken": "xapp-demo",
            "signingSecret": signing_secret,
            "mode": "events",
            "requestUrl": request_url,
        },
        "users": [
            {"id": each.user_id, "name": each.handle, "real_name": _label(each), "email": each.email}
            for each in EVERYBODY
        ],
        "channels": [
            {"id": channel_id, "name": name, "members": [BOT, *(each.user_id for each in members)]}
            for channel_id, (name, members) in CHANNELS.items()
        ],
        "emojis": {EMOJI: PICTURE},  # so that it is offered with the few that local-slack offers
    }


def _label(somebody: Somebody) -> str:
    return f"{somebody.name} ({somebody.account})" if somebody.account else somebody.name
