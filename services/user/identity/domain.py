"""Users: profiles, and the rules for passwords and dates of birth."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from services.common import ids, texts
from services.common.rpc.errors import InvalidArgument
from services.user.identity import details

_PASSWORD_LENGTH_MIN = 12
_PASSWORD_BYTES_MAX = 72  # the limit of bcrypt


class Role(StrEnum):
    CUSTOMER = "customer"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Profile:
    """A user. `request_fingerprint` is the fingerprint of the registration, by which a replay is known."""

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
    request_fingerprint: str
    created_at: datetime
    updated_at: datetime
    version: int = 1
    disabled: bool = False  # by an admin: the user cannot sign in


@dataclass(frozen=True)
class Registration:
    """What a user who registers states, except for the password."""

    username: str
    email: str
    first_name: str
    last_name: str
    phone: str
    date_of_birth: str
    marketing_emails_consent: bool
    request_id: str

    def fingerprint(self) -> str:
        """Returns what tells a replay from another request with the same id."""
        return ids.fingerprint(*(str(value) for value in vars(self).values()))

    def profile(self, user_id: str, password_hash: bytes, now: datetime) -> Profile:
        """Returns the profile of the new user. Raises InvalidArgument for a telephone number that is national.

        The fingerprint is of the details as they were sent, the profile has them as they are stored.
        """
        return Profile(
            user_id=user_id,
            password_hash=password_hash,
            role=Role.CUSTOMER,
            created_at=now,
            updated_at=now,
            request_fingerprint=self.fingerprint(),
            **details.stored(vars(self)),
        )


def check_password(password: str, username: str, common: AbstractSet[str], field_name: str = "password") -> None:
    """Raises InvalidArgument for a password that is common or contains the username (NIST SP 800-63B, 5.1.1.2).

    What counts is its normal form, which is hashed; the contract knows only the length of the text as it was typed.
    """
    normal, folded = texts.normal(password), texts.folded(password)
    if len(normal) < _PASSWORD_LENGTH_MIN:
        raise InvalidArgument((field_name, f"must be at least {_PASSWORD_LENGTH_MIN} characters"))
    if len(normal.encode()) > _PASSWORD_BYTES_MAX:
        raise InvalidArgument((field_name, f"must be at most {_PASSWORD_BYTES_MAX} bytes in UTF-8"))
    if texts.folded(username) in folded:
        raise InvalidArgument((field_name, "must not contain the username"))
    if folded in common or len(set(folded)) == 1:
        raise InvalidArgument((field_name, "is too common; choose another one"))


def check_is_new(new: str, current: str) -> None:
    """Raises InvalidArgument if a new password is the current one."""
    if texts.normal(new) == texts.normal(current):
        raise InvalidArgument(("new_password", "must differ from the current password"))


def is_same_address(email: str, other: str) -> bool:
    """Returns whether two e-mail addresses are one: case makes no difference."""
    return texts.folded(email) == texts.folded(other)


def check_date_of_birth(text: str, today: date, minimum_age: int) -> None:
    """Raises InvalidArgument for a date that does not exist, or of a person who is too young. No date is allowed, too.

    Whoever was born on February 29 comes of age on March 1.
    """
    if not text:
        return
    try:
        born = date.fromisoformat(text)
    except ValueError:
        raise InvalidArgument(("date_of_birth", "must be an existing date, like 1990-12-31")) from None
    if born >= today:
        raise InvalidArgument(("date_of_birth", "must be in the past"))
    if (born.year + minimum_age, born.month, born.day) > (today.year, today.month, today.day):
        raise InvalidArgument(("date_of_birth", f"must be at least {minimum_age} years ago"))
