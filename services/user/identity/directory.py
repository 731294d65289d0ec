"""The users in the order of their names: the items that keep usernames unique, read as a list."""

from __future__ import annotations

import asyncio
import string

from aiodynamo.client import Client
from aiodynamo.expressions import HashKey, KeyCondition, RangeKey

from services.common.dynamo import client as dynamo
from services.user.identity.domain import Profile
from services.user.identity.store import ProfileStore, email_key, username_key

# The first characters that a case-folded username can have, in the order in which texts sort.
_LETTERS = string.digits + "_" + string.ascii_lowercase


class Directory:
    """Finds users by the start of the username or by the e-mail address, read consistently."""

    def __init__(self, client: Client, table: str, profiles: ProfileStore) -> None:
        self._client = client
        self._table = table
        self._profiles = profiles

    async def by_email(self, email: str) -> Profile | None:
        """The user who has this address; case does not matter."""
        owner = await dynamo.get(self._client, self._table, email_key(email))
        return await self._profiles.get(owner["user_id"]) if owner else None

    async def by_username(self, prefix: str, after: str | None, size: int) -> tuple[list[Profile], str | None]:
        """A page of the users whose folded names start with `prefix`, from just after the name `after`.

        Also answers the name after which the next page starts.
        """
        prefix = prefix.casefold()
        owners: list[tuple[str, str]] = []
        for letter in prefix[:1] or _LETTERS:
            if after is None or letter >= after[0]:
                owners += await self._of_letter(letter, prefix, after, size + 1 - len(owners))
            if len(owners) > size:
                break
        found = await asyncio.gather(*(self._profiles.get(user_id) for _, user_id in owners[:size]))
        profiles = [profile for profile in found if profile is not None]
        return profiles, owners[size - 1][0] if len(owners) > size else None

    async def _of_letter(self, letter: str, prefix: str, after: str | None, size: int) -> list[tuple[str, str]]:
        """Names that start with a letter, with their users."""
        start = username_key(after) if after is not None and after[0] == letter else None
        key: KeyCondition = HashKey("pk", username_key(letter)["pk"])
        if prefix:
            key = HashKey("pk", username_key(letter)["pk"]) & RangeKey("sk").begins_with(prefix)
        page = await self._client.query_single_page(self._table, key, start_key=start, limit=size, consistent_read=True)
        return [(item["sk"], item["user_id"]) for item in page.items]
