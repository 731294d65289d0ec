"""Audit events: what can happen, and how it is recorded. Values and rules, without transport and database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from services.common.rpc.errors import InvalidArgument
from services.user.audit import event_ids

DONE = "DONE"
INTENDED = "INTENDED"
OPERATOR = "operator"  # the actor of a command or of a change of files

TEXT_LENGTH_MAX = 256

_SECRETS = ("password", "token", "secret", "hash")
_CLOCK_SKEW_MAX = timedelta(minutes=15)


class Event(StrEnum):
    """What can happen."""

    REGISTRATION = "REGISTRATION"
    SIGN_IN = "SIGN_IN"
    TOKEN_REFRESH = "TOKEN_REFRESH"  # noqa: S105 - the name of an event
    TOKEN_REFRESH_REPEATED = "TOKEN_REFRESH_REPEATED"  # noqa: S105 - the previous token of a cookie came again
    TOKEN_REUSE_DETECTED = "TOKEN_REUSE_DETECTED"  # noqa: S105
    LOGOUT = "LOGOUT"
    PASSWORD_CHANGE = "PASSWORD_CHANGE"  # noqa: S105
    PROFILE_CHANGE = "PROFILE_CHANGE"
    SESSION_REVOKED = "SESSION_REVOKED"
    ACCESS = "ACCESS"  # a known user was refused a method
    ROLE_CHANGE = "ROLE_CHANGE"
    USER_DISABLED = "USER_DISABLED"
    USER_ENABLED = "USER_ENABLED"
    ASSET_CREATED = "ASSET_CREATED"
    ASSET_UPDATED = "ASSET_UPDATED"
    ASSET_ACTIVATED = "ASSET_ACTIVATED"
    ASSET_DEACTIVATED = "ASSET_DEACTIVATED"
    ASSET_PRICED = "ASSET_PRICED"
    ASSET_STATUS_SET = "ASSET_STATUS_SET"
    ASSET_RESTOCKED = "ASSET_RESTOCKED"
    MARKET_HALTED = "MARKET_HALTED"
    MARKET_RESUMED = "MARKET_RESUMED"
    ORDER_RELEASED = "ORDER_RELEASED"
    ORDER_FAILED = "ORDER_FAILED"
    SIGNING_KEY_ADDED = "SIGNING_KEY_ADDED"
    SIGNING_KEY_REMOVED = "SIGNING_KEY_REMOVED"


@dataclass(frozen=True, slots=True)
class Record:
    """An event as it is stored.

    `event_id` holds the time (`ids.ordered`). `user_id` is the user whom the event concerns, `actor_id` whoever did it;
    either is empty if unknown. `outcome` is DONE, INTENDED (a change about to be made) or the reason of a refusal.
    """

    event_id: str
    event: str
    outcome: str
    user_id: str
    actor_id: str
    subject: str
    client_address: str
    user_agent: str
    request_id: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        """When it happened, in whole milliseconds."""
        return event_ids.moment_of(self.event_id)

    def as_texts(self) -> dict[str, str]:
        """Returns all fields but the facts."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "facts"}

    def as_shown_to(self, user_id: str) -> Record:
        """Returns the record without the address and the user agent of any actor but that user, such as an admin."""
        return self if self.actor_id in ("", user_id) else replace(self, client_address="", user_agent="")


def check_time(event_id: str, now: datetime) -> None:
    """Raises InvalidArgument if the id of an event does not hold the current time, give or take clock skew."""
    try:
        is_current = abs(event_ids.moment_of(event_id) - now) <= _CLOCK_SKEW_MAX
    except ValueError:
        is_current = False
    if not is_current:
        raise InvalidArgument(("event_id", "must hold the current time"))


def check_facts(facts: Mapping[str, str]) -> None:
    """Raises ValueError if the name of a fact suggests a secret."""
    for name in facts:
        if any(secret in name for secret in _SECRETS):
            raise ValueError(f"must not hold {name}, which may be a secret")


def truncated(facts: Mapping[str, str]) -> dict[str, str]:
    """Returns the facts, each cut to 256 characters. Raises ValueError as `check_facts` does."""
    check_facts(facts)
    return {name: value[:TEXT_LENGTH_MAX] for name, value in facts.items()}
