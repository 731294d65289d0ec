"""Users: profiles, and the rules for passwords and birth dates."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from services.common import ids
from services.common.rpc.errors import InvalidArgument


class Role(StrEnum):
    CUSTOMER = "customer"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Profile:
    """A user."""

    user_id: str
    username: str
    email: str
    password_hash: bytes = field(repr=False)
    first_name: str
    last_name: str
    phone: str
    date_of_birth: str
    marketing_emails_consent: bool
    role: Role
    request_id: str
    request_body: str  # the fingerprint of what was registered, to know a replay by
    created_at: datetime
    updated_at: datetime
    version: int = 1
    disabled: bool = False  # kept from signing in by an admin


@dataclass(frozen=True)
class Registration:
    """What a user who registers says of itself."""

    username: str
    email: str
    first_name: str
    last_name: str
    phone: str
    date_of_birth: str
    marketing_emails_consent: bool
    request_id: str

    def body(self) -> str:
        """What a replay must say again, besides the password."""
        return ids.fingerprint(*(str(value) for value in vars(self).values()))


def check_password(password: str, username: str, common: AbstractSet[str], field_name: str = "password") -> None:
    """Raises InvalidArgument for a password that is common or holds the username (NIST SP 800-63B, 5.1.1.2)."""
    folded = password.casefold()
    if username.casefold() in folded:
        raise InvalidArgument((field_name, "must not hold the username"))
    if folded in common or len(set(folded)) == 1:
        raise InvalidArgument((field_name, "is too common; take another one"))


def check_date_of_birth(text: str, today: date) -> None:
    """Raises InvalidArgument for a date that is not in the calendar or not in the past."""
    if not text:
        return
    try:
        born = date.fromisoformat(text)
    except ValueError:
        raise InvalidArgument(("date_of_birth", "must be a date of the calendar, like 1990-12-31")) from None
    if born >= today:
        raise InvalidArgument(("date_of_birth", "must be in the past"))
