"""Every table. Rows are read-only outside `storage`: to change one, ask its noun's queries."""

from storage.models.answers import ExitReason, FollowUp, FollowUpMessage, FollowUpStep, Response, ResponseRevision
from storage.models.asking import AudienceMember, Invitation, Schedule, Survey, Withholding
from storage.models.base import Base
from storage.models.digests import Digest, Edition, Fall
from storage.models.favours import Favour, FavourOffer
from storage.models.file_orders import FileOrder
from storage.models.messages import Delivery, Duty, Event, EventSource, Lane, WorkflowStep
from storage.models.people import Account, AccountRevenue, Contact, Suppression
from storage.models.places import Blackout, Incident, ListedStaff, RoleGrant, Workspace
from storage.models.recoveries import Recovery
from storage.models.routes import Route
from storage.models.themes import OwnTheme, Reading, ThemeCorrection, WordList
from storage.models.timeline import Picture, TimelineNote
from storage.models.webhooks import WebhookAttempt, WebhookEndpoint, WebhookMessage

__all__ = [
    "Account",
    "AccountRevenue",
    "AudienceMember",
    "Base",
    "Blackout",
    "Contact",
    "Delivery",
    "Digest",
    "Duty",
    "Edition",
    "Event",
    "EventSource",
    "ExitReason",
    "Fall",
    "Favour",
    "FavourOffer",
    "FileOrder",
    "FollowUp",
    "FollowUpMessage",
    "FollowUpStep",
    "Incident",
    "Invitation",
    "Lane",
    "ListedStaff",
    "OwnTheme",
    "Picture",
    "Reading",
    "Recovery",
    "Response",
    "ResponseRevision",
    "RoleGrant",
    "Route",
    "Schedule",
    "Suppression",
    "Survey",
    "ThemeCorrection",
    "TimelineNote",
    "WebhookAttempt",
    "WebhookEndpoint",
    "WebhookMessage",
    "Withholding",
    "WordList",
    "WorkflowStep",
    "Workspace",
]
