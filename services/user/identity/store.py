"""Profiles in the users table, with the two items that keep usernames and e-mail addresses unique."""

from __future__ import annotations

import asyncio
import string
from dataclasses import replace
from datetime import datetime
from typing import Any

from aiodynamo.client import Client
from aiodynamo.expressions import F, HashKey, KeyCondition, RangeKey
from aiodynamo.operations import ConditionCheck, Delete, Put
from aiodynamo.types import Item

from services.common import texts
from services.common.dynamo import client as dynamo
from services.common.rpc.errors import AlreadyExists
from services.common.unit_of_work import Refusal, UnitOfWork
from services.user.identity.domain import Profile, Role, is_same_address
from services.user.identity.ports import ProfileChanged

_NAME_LENGTH_MAX = 64  # longer than any username; what is typed at a sign-in can be longer, and a key cannot
_INITIALS = string.digits + "_" + string.ascii_lowercase  # of case-folded usernames, in the order of keys


def _key(user_id: str) -> Item:
    return {"pk": f"USER#{user_id}", "sk": "PROFILE"}


def _username_key(username: str) -> Item:
    """Returns the key of the item that keeps a username unique. Names with the same initial share a partition."""
    folded = texts.folded(username)[:_NAME_LENGTH_MAX]
    return {"pk": f"USERNAME#{folded[:1]}", "sk": folded}


def _email_key(email: str) -> Item:
    return {"pk": f"EMAIL#{texts.folded(email)}", "sk": "UNIQUE"}


class ProfileStore:
    """Reads and writes profiles."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table

    def add(self, tx: UnitOfWork, profile: Profile) -> None:
        """Adds a user. The commit raises AlreadyExists USERNAME_TAKEN or EMAIL_TAKEN."""
        owner, absent = {"user_id": profile.user_id}, F("pk").does_not_exist()
        name_taken = AlreadyExists("USERNAME_TAKEN", "this username is taken; choose another one")
        tx.add(Put(self._table, {**_username_key(profile.username), **owner}, absent), name_taken)
        tx.add(Put(self._table, {**_email_key(profile.email), **owner}, absent), _email_taken())
        tx.add(Put(self._table, _item(profile), absent))

    async def get(self, user_id: str) -> Profile | None:
        """Returns the user with this id, read consistently."""
        item = await dynamo.get(self._client, self._table, _key(user_id))
        return _profile(item) if item else None

    async def find(self, username: str) -> Profile | None:
        """Returns the user with this name in any case. Makes two reads, even if there is none."""
        owner = await dynamo.get(self._client, self._table, _username_key(username))
        return await self.get(owner["user_id"] if owner else "nobody")

    async def find_by_email(self, email: str) -> Profile | None:
        """Returns the user with this e-mail address in any case."""
        owner = await dynamo.get(self._client, self._table, _email_key(email))
        return await self.get(owner["user_id"]) if owner else None

    def replace(self, tx: UnitOfWork, before: Profile, after: Profile) -> None:
        """Writes a changed profile, on the condition that the table still holds the version of `before`.

        The commit raises ProfileChanged, or AlreadyExists EMAIL_TAKEN.
        """
        unchanged = F("version").equals(before.version)
        tx.add(Put(self._table, _item(replace(after, version=before.version + 1)), unchanged), ProfileChanged)
        if not is_same_address(after.email, before.email):
            owner = {**_email_key(after.email), "user_id": after.user_id}
            tx.add(Put(self._table, owner, F("pk").does_not_exist()), _email_taken())
            tx.add(Delete(self._table, _email_key(before.email)))

    def require_password(self, tx: UnitOfWork, user_id: str, password_hash: bytes, refusal: Refusal) -> None:
        """Makes the commit raise `refusal` unless the user is enabled and has this password."""
        is_enabled = F("disabled").does_not_exist() | F("disabled").equals(False)
        condition = F("password_hash").equals(password_hash) & is_enabled
        tx.add(ConditionCheck(self._table, _key(user_id), condition), refusal)

    async def list_by_username(self, prefix: str, cursor: str | None, size: int) -> tuple[list[Profile], str | None]:
        """Returns users in the order of their names, and the cursor of the next page.

        `prefix` is the beginning of the names in any case.
        """
        prefix = texts.folded(prefix)
        owners: list[tuple[str, str]] = []
        for initial in prefix[:1] or _INITIALS:
            if cursor is None or initial >= cursor[0]:
                owners += await self._owners(initial, prefix, cursor, size + 1 - len(owners))
            if len(owners) > size:
                break
        found = await asyncio.gather(*(self.get(user_id) for _, user_id in owners[:size]))
        profiles = [profile for profile in found if profile is not None]
        return profiles, owners[size - 1][0] if len(owners) > size else None

    async def _owners(self, initial: str, prefix: str, after: str | None, size: int) -> list[tuple[str, str]]:
        """Returns names with this initial, case-folded, and the ids of their users."""
        start = _username_key(after) if after is not None and after[0] == initial else None
        key: KeyCondition = HashKey("pk", _username_key(initial)["pk"])
        if prefix:
            key = HashKey("pk", _username_key(initial)["pk"]) & RangeKey("sk").begins_with(prefix)
        page = await self._client.query_single_page(self._table, key, start_key=start, limit=size, consistent_read=True)
        return [(item["sk"], item["user_id"]) for item in page.items]


def _email_taken() -> AlreadyExists:
    return AlreadyExists("EMAIL_TAKEN", "this e-mail address is taken; use another one")


def _item(profile: Profile) -> Item:
    return {
        **_key(profile.user_id),
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
        "request_body": profile.request_fingerprint,
        "created_at": profile.created_at.isoformat(),
        "updated_at": profile.updated_at.isoformat(),
        "version": profile.version,
        "disabled": profile.disabled,
    }


def _profile(item: dict[str, Any]) -> Profile:
    fields = {name: value for name, value in item.items() if name not in {"pk", "sk"}}
    fields["request_fingerprint"] = fields.pop("request_body")
    fields["role"] = Role(item["role"])
    fields["version"] = int(item["version"])
    fields["created_at"] = datetime.fromisoformat(item["created_at"])
    fields["updated_at"] = datetime.fromisoformat(item["updated_at"])
    return Profile(**fields)
