"""Stores of users, for tests that need users in the table."""

from __future__ import annotations

from dataclasses import dataclass

from aiodynamo.client import Client

from services.common.dynamo import client as dynamo
from services.common.unit_of_work import Begin
from services.user.identity.domain import Profile
from services.user.identity.ports import ProfileChanged
from services.user.identity.store import ProfileStore
from services.user.ledger.store import LedgerStore


@dataclass(frozen=True)
class Users:
    """The user stores of a replica. Each write is a unit of work of its own."""

    profiles: ProfileStore
    ledger: LedgerStore
    begin: Begin

    @classmethod
    def over(cls, client: Client, table: str) -> Users:
        """Returns the stores over a table."""
        return cls(ProfileStore(client, table), LedgerStore(client, table), dynamo.units_of_work(client))

    async def add(self, profile: Profile) -> Profile:
        """Adds a user with an empty account and returns the user."""
        tx = self.begin()
        self.profiles.add(tx, profile)
        self.ledger.open(tx, profile.user_id, profile.created_at)
        await tx.commit()
        return profile

    async def replace(self, before: Profile, after: Profile) -> bool:
        """Writes a changed profile. Returns False if the profile has changed since it was read."""
        tx = self.begin()
        self.profiles.replace(tx, before, after)
        try:
            await tx.commit()
        except ProfileChanged:
            return False
        return True

    async def get(self, user_id: str) -> Profile:
        """Returns a user that exists."""
        profile = await self.profiles.get(user_id)
        assert profile is not None
        return profile
