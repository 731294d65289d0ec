"""Profiles in the users table, and the two items that keep usernames and e-mail addresses unique."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from aiodynamo.client import Client
from aiodynamo.expressions import F
from aiodynamo.operations import Delete, Put
from aiodynamo.types import Item

from services.common.dynamo import client as dynamo
from services.common.rpc.errors import AlreadyExists
from services.user.identity.domain import Profile, Role

_NAME_MAX = 64  # more than any user's: what somebody types at the sign-in may be longer, and a key must not


def key(user_id: str) -> Item:
    """The key of a profile."""
    return {"pk": f"USER#{user_id}", "sk": "PROFILE"}


def username_key(username: str) -> Item:
    """The key of the item that keeps a username unique. Those of one first letter are together, as a list."""
    folded = username.casefold()[:_NAME_MAX]
    return {"pk": f"USERNAME#{folded[:1]}", "sk": folded}


def email_key(email: str) -> Item:
    """The key of the item that keeps an address unique."""
    return {"pk": f"EMAIL#{email.casefold()}", "sk": "UNIQUE"}


class ProfileStore:
    """Reads and writes profiles."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table

    async def add(self, profile: Profile, *more: dynamo.Operation) -> None:
        """Adds a user with an empty account, whole or not at all; `more` is part of the same transaction.

        Raises AlreadyExists USERNAME_TAKEN or EMAIL_TAKEN.
        """
        absent = F("pk").does_not_exist()
        account = {
            "pk": f"USER#{profile.user_id}", "sk": "ACCOUNT", "available": 0, "held": 0, "version": 0, "day": "",
            "deposited": 0, "withdrawn": 0, "updated_at": profile.created_at.isoformat(),
        }  # fmt: skip
        owner = {"user_id": profile.user_id}
        try:
            await dynamo.transact(
                self._client,
                [
                    Put(self._table, {**username_key(profile.username), **owner}, absent),
                    Put(self._table, {**email_key(profile.email), **owner}, absent),
                    Put(self._table, _item(profile), absent),
                    Put(self._table, account, absent),
                    *more,
                ],
            )
        except dynamo.ConditionFailed as failed:
            if 1 in failed.positions and 0 not in failed.positions:
                raise AlreadyExists("EMAIL_TAKEN", "this e-mail address is taken") from None
            raise AlreadyExists("USERNAME_TAKEN", "this username is taken") from None

    async def get(self, user_id: str) -> Profile | None:
        """The user of that id."""
        item = await dynamo.get(self._client, self._table, key(user_id))
        return _profile(item) if item else None

    async def find(self, username: str) -> Profile | None:
        """The user of that name; case does not matter. Makes two reads, also for a name that nobody has."""
        owner = await dynamo.get(self._client, self._table, username_key(username))
        return await self.get(owner["user_id"] if owner else "nobody")

    def change(self, before: Profile, after: Profile) -> Put:
        """The operation that writes a changed profile, unless it has changed meanwhile. Not for the e-mail address."""
        return Put(self._table, _item(replace(after, version=before.version + 1)), F("version").equals(before.version))

    async def replace(self, before: Profile, after: Profile, *more: dynamo.Operation) -> bool:
        """Writes a changed profile, and `more` with it; False when it, or what `more` rests on, has changed meanwhile.

        Raises AlreadyExists EMAIL_TAKEN.
        """
        operations: list[dynamo.Operation] = [self.change(before, after)]
        if after.email.casefold() != before.email.casefold():
            owner = {"user_id": after.user_id}
            operations.append(Put(self._table, {**email_key(after.email), **owner}, F("pk").does_not_exist()))
            operations.append(Delete(self._table, email_key(before.email)))
        try:
            await dynamo.transact(self._client, [*operations, *more])
        except dynamo.ConditionFailed as failed:
            if 0 in failed.positions or len(operations) == 1:
                return False
            raise AlreadyExists("EMAIL_TAKEN", "this e-mail address is taken") from None
        return True


def _item(profile: Profile) -> Item:
    return {
        **key(profile.user_id),
        "user_id": profile.user_id,
        "username": profile.username,
        "email": profile.email,
        "password_hash": profile.password_hash,
        "first_name": profile.first_name,
        "last_name": profile.last_name,
        "phone": profile.phone,
        "date_of_birth": profile.date_of_birth,
        "marketing_emails_consent": profile.marketing_emails_consent,
        "role": profile.role.value,
        "request_id": profile.request_id,
        "request_body": profile.request_body,
        "created_at": profile.created_at.isoformat(),
        "updated_at": profile.updated_at.isoformat(),
        "version": profile.version,
        "disabled": profile.disabled,
    }


def _profile(item: dict[str, Any]) -> Profile:
    fields = {name: value for name, value in item.items() if name not in {"pk", "sk"}}
    fields["role"] = Role(item["role"])
    fields["version"] = int(item["version"])
    fields["created_at"] = datetime.fromisoformat(item["created_at"])
    fields["updated_at"] = datetime.fromisoformat(item["updated_at"])
    return Profile(**fields)
