"""The identity use cases over fakes."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import bcrypt

from services.user.audit.trail import AuditTrail
from services.user.identity.domain import Profile, Registration
from services.user.identity.login_attempts.throttle import Throttle
from services.user.identity.passwords import Passwords
from services.user.identity.usecases import Identity
from services.user.settings import SignIn
from tests.unit.user.fakes import Accounts, Attempts, Clock, Database, Profiles, Records, SessionsOfUsers

HOME, ELSEWHERE = "192.0.2.1", "198.51.100.1"
PASSWORD = "correct horse battery"


class CountingCheck:
    """Checks passwords with bcrypt and counts the checks."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = threading.Lock()

    def __call__(self, password: bytes, hashed: bytes) -> bool:
        with self._lock:  # checks run in several threads
            self.count += 1
        return bcrypt.checkpw(password, hashed)


@dataclass
class World:
    """The use cases and their dependencies."""

    identity: Identity
    database: Database
    profiles: Profiles
    accounts: Accounts
    sessions: SessionsOfUsers
    records: Records
    attempts: Attempts
    check: CountingCheck
    clock: Clock

    async def user(self) -> Profile:
        """Registers a user."""
        return await self.identity.register(make_registration(), PASSWORD, HOME)


def make_world(passwords: Passwords, check: CountingCheck) -> World:
    """Returns use cases over empty fakes. `check` counts the checks of `passwords`."""
    clock, database = Clock(), Database()
    profiles, accounts, sessions, records, attempts = Profiles(), Accounts(), SessionsOfUsers(), Records(), Attempts()
    # Attempts have their own database, so that `meanwhile` applies to the users.
    throttle = Throttle(attempts, passwords, SignIn().limits(), b"a key", Database().begin, clock)
    identity = Identity(
        profiles=profiles,
        accounts=accounts,
        sessions=sessions,
        trail=AuditTrail(records, database.begin, clock),
        passwords=passwords,
        common_passwords=frozenset({"password1234"}),
        throttle=throttle,
        minimum_age=13,
        begin=database.begin,
        now=clock,
    )
    return World(identity, database, profiles, accounts, sessions, records, attempts, check, clock)


def make_registration(
    username: str = "alice", email: str = "alice@example.org", request_id: str = "r-1"
) -> Registration:
    """Returns a registration."""
    return Registration(
        username=username,
        email=email,
        first_name="Ann",
        last_name="O'Neil",
        phone="",
        date_of_birth="",
        marketing_emails_consent=False,
        request_id=request_id,
    )
