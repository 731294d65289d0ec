"""The use cases of users: registration, sign-in, password and profile."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from services.common import ids
from services.common.rpc.errors import (
    AlreadyExists,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    ResourceExhausted,
    Unauthenticated,
    key_reused,
)
from services.common.times import Clock
from services.common.unit_of_work import Begin, UnitOfWork, retry_on_conflict
from services.user.audit.domain import Event, Record
from services.user.identity import details
from services.user.identity.domain import (
    Profile,
    Registration,
    check_date_of_birth,
    check_is_new,
    check_password,
    is_same_address,
)
from services.user.identity.hashing.source import Overloaded, Source
from services.user.identity.login_attempts.ports import Device
from services.user.identity.login_attempts.throttle import Attempt, Throttle
from services.user.identity.passwords import Passwords
from services.user.identity.ports import Accounts, ProfileChanged, ProfileRepository, Sessions, Trail
from services.user.sessions.domain import Cookie, RevocationReason, Tokens


@dataclass(frozen=True)
class Identity:
    """The use cases of users."""

    profiles: ProfileRepository
    accounts: Accounts
    sessions: Sessions
    trail: Trail
    passwords: Passwords
    common_passwords: frozenset[str]
    throttle: Throttle
    minimum_age: int
    begin: Begin
    now: Clock

    async def register(self, registration: Registration, password: str, address: str) -> Profile:
        """Adds a user with an empty account. A replay, which must carry the same password, gets the first answer.

        Raises InvalidArgument, AlreadyExists USERNAME_TAKEN, EMAIL_TAKEN or IDEMPOTENCY_KEY_REUSED, and
        ResourceExhausted RATE_LIMITED and Overloaded.
        """
        check_password(password, registration.username, self.common_passwords)
        check_date_of_birth(registration.date_of_birth, self.now().date(), self.minimum_age)
        details.phone(registration.phone)  # refused before any work
        source = Source.of(address)
        with self.passwords.slot(source):
            password_hash = await self.passwords.hash(password, source)
        now = self.now()
        profile = registration.profile(ids.random(), password_hash, now)
        tx = self.begin()
        self.profiles.add(tx, profile)
        self.accounts.open(tx, profile.user_id, now)
        await self.trail.add(tx, self.trail.prepare(profile.user_id, Event.REGISTRATION))
        try:
            await tx.commit()
        except AlreadyExists as taken:
            first = await self.profiles.find(registration.username)
            if first is None or first.user_id != profile.user_id:
                return await self._replay(taken, first, registration, password, address)
            await tx.committed()  # only the answer to the write was lost
        await self.throttle.welcome(profile.username, address)
        return profile

    async def _replay(
        self, taken: AlreadyExists, first: Profile | None, registration: Registration, password: str, address: str
    ) -> Profile:
        """Returns the user whom the same request registered before. Raises `taken` if another request did."""
        if first is None or first.request_id != registration.request_id:
            self.trail.log_anonymous(Event.REGISTRATION, taken.reason)
            raise taken
        async with self._attempt(Event.REGISTRATION, first.username, address) as attempt:
            is_right = await attempt.verify(password, first.password_hash)
        if not is_right:  # as the answer tells of the password, it is recorded like that of a sign-in
            reused = key_reused()
            await self.trail.write(self.trail.prepare(first.user_id, Event.REGISTRATION, reused.reason, actor_id=""))
            raise reused
        if first.request_fingerprint != registration.fingerprint():
            raise key_reused()
        return first

    async def login(
        self, username: str, password: str, address: str, earlier_token: str = "", cookie: Cookie = Cookie.NONE
    ) -> Tokens:
        """Begins a session. A refresh token of an earlier session shows that the device is known.

        Raises Unauthenticated BAD_CREDENTIALS, ResourceExhausted RATE_LIMITED and Overloaded, all alike for an unknown
        user and a wrong password, and PermissionDenied ACCOUNT_DISABLED if the password is right.
        """

        async def device() -> str:
            return await self._known_device(username, earlier_token)

        async with self._attempt(Event.SIGN_IN, username, address, device) as attempt:
            profile = await self.profiles.find(username)
            is_right = await attempt.verify(password, profile.password_hash if profile else None)
            if profile is not None and is_right:
                profile = await self._rehashed(profile, password, attempt.source)
        if profile is None or not is_right:
            wrong = Unauthenticated(
                "BAD_CREDENTIALS", "the username or the password is wrong; check both and try again"
            )
            await self.trail.write(self._attempt_refused(Event.SIGN_IN, wrong.reason, profile))
            raise wrong
        try:
            return await self.sessions.start(profile, cookie)
        except (Unauthenticated, PermissionDenied) as refused:
            await self.trail.write(self.trail.prepare(profile.user_id, Event.SIGN_IN, refused.reason))
            raise

    async def _rehashed(self, profile: Profile, password: str, source: Source) -> Profile:
        """Replaces a hash from before passwords were normalised, so that the password fits on any keyboard.

        Leaves that to a later sign-in while too many people sign in.
        """
        try:
            if not await self.passwords.is_outdated(password, profile.password_hash, source):
                return profile
            after = replace(profile, password_hash=await self.passwords.hash(password, source))
        except Overloaded:
            return profile
        tx = self.begin()
        self.profiles.replace(tx, profile, after)
        try:
            await tx.commit()
        except ProfileChanged:  # or only the answer to the write was lost
            written = await self.profile(profile.user_id)
            return written if written.password_hash == after.password_hash else profile
        return after

    async def change_password(
        self, user_id: str, current: str, new: str, address: str, *, session_id: str = ""
    ) -> None:
        """Changes the password and revokes all sessions of the user, including the calling one.

        Raises InvalidArgument, Unauthenticated BAD_CREDENTIALS, ResourceExhausted RATE_LIMITED and Overloaded: the
        current password can be guessed here as it can at the sign-in.
        """
        check_is_new(new, current)
        profile = await self.profile(user_id)
        check_password(new, profile.username, self.common_passwords, "new_password")

        async def device() -> str:
            return session_id

        async with self._attempt(Event.PASSWORD_CHANGE, profile.username, address, device) as attempt:
            is_right = await attempt.verify(current, profile.password_hash)
            hashed = await self.passwords.hash(new, attempt.source) if is_right else b""
        if not is_right:
            raise await self._refuse_current_password(user_id, Event.PASSWORD_CHANGE)
        await self._replace_password(profile, hashed)

    async def _replace_password(self, profile: Profile, hashed: bytes) -> None:
        """Replaces the password that was verified. Raises Unauthenticated if it has been changed meanwhile."""
        record = self.trail.prepare(profile.user_id, Event.PASSWORD_CHANGE)

        async def write() -> None:
            nonlocal profile
            tx = self.begin()
            self.profiles.replace(tx, profile, replace(profile, password_hash=hashed, updated_at=self.now()))
            await self.sessions.revoke_all(tx, profile.user_id, RevocationReason.PASSWORD_CHANGED)
            await self.trail.add(tx, record)
            try:
                await tx.commit()
            except ProfileChanged:
                verified, profile = profile.password_hash, await self.profile(profile.user_id)
                if profile.password_hash == hashed:  # only the answer to the write was lost
                    return await tx.committed()
                if profile.password_hash != verified:
                    raise await self._refuse_current_password(profile.user_id, Event.PASSWORD_CHANGE) from None
                raise

        await retry_on_conflict(write)

    async def _refuse_current_password(self, user_id: str, event: Event) -> Unauthenticated:
        """Records a refused change, and returns the refusal."""
        wrong = _wrong_current_password()
        await self.trail.write(self.trail.prepare(user_id, event, wrong.reason))
        return wrong

    async def profile(self, user_id: str) -> Profile:
        """Returns the user. Raises NotFound USER_NOT_FOUND."""
        profile = await self.profiles.get(user_id)
        if profile is None:
            raise NotFound("USER_NOT_FOUND", "no user has this id; list the users to find it")
        return profile

    async def update(
        self,
        user_id: str,
        changes: dict[str, str | bool],
        current_password: str = "",
        address: str = "",
        *,
        session_id: str = "",
    ) -> Profile:
        """Sets the fields of a profile that `changes` names. Another e-mail address needs the current password.

        Raises InvalidArgument, AlreadyExists EMAIL_TAKEN, and as `change_password` does for a wrong password.
        """
        changes = details.stored(changes)
        check_date_of_birth(str(changes.get("date_of_birth", "")), self.now().date(), self.minimum_age)
        email, verified = changes.get("email"), b""
        if isinstance(email, str):
            verified = await self._verify_for_address(user_id, email, current_password, address, session_id)

        async def write() -> Profile:
            before = await self.profile(user_id)
            if isinstance(email, str) and not is_same_address(email, before.email) and before.password_hash != verified:
                raise _wrong_current_password()  # it has been changed meanwhile
            after = replace(before, **changes, updated_at=self.now())  # type: ignore[arg-type]  # named by the contract
            tx = self.begin()
            self.profiles.replace(tx, before, after)
            fields = " ".join(sorted(changes))
            await self.trail.add(tx, self.trail.prepare(user_id, Event.PROFILE_CHANGE, fields=fields))
            await tx.commit()
            return after

        async with self.trail.refusals(user_id, Event.PROFILE_CHANGE):
            return await retry_on_conflict(write)

    async def _verify_for_address(self, user_id: str, email: str, current: str, address: str, session_id: str) -> bytes:
        """Returns the hash that the current password matches; b"" if the user has this e-mail address already."""
        profile = await self.profile(user_id)
        if is_same_address(email, profile.email):
            return b""
        if not current:
            raise InvalidArgument(("current_password", "must be given to change the e-mail address"))

        async def device() -> str:
            return session_id

        async with self._attempt(Event.PROFILE_CHANGE, profile.username, address, device) as attempt:
            is_right = await attempt.verify(current, profile.password_hash)
        if not is_right:
            raise await self._refuse_current_password(user_id, Event.PROFILE_CHANGE)
        return profile.password_hash

    @asynccontextmanager
    async def _attempt(
        self, event: Event, username: str, address: str, device: Device | None = None
    ) -> AsyncIterator[Attempt]:
        """Admits a login attempt, as `Throttle.attempt` does, and logs every refusal."""
        recorded: list[Record] = []

        async def add_refusal(tx: UnitOfWork) -> None:
            record = self._attempt_refused(event, "RATE_LIMITED", await self.profiles.find(username))
            self.trail.log(record)  # now: the unit of work may fail
            recorded.append(record)
            await self.trail.add(tx, record, is_logged=True)

        try:
            async with self.throttle.attempt(username, address, add_refusal, device) as attempt:
                yield attempt
        except (ResourceExhausted, Overloaded) as refused:
            if not recorded:
                self.trail.log_anonymous(event, refused.reason)
            raise

    def _attempt_refused(self, event: Event, outcome: str, profile: Profile | None) -> Record:
        """Returns the record of a refused login attempt, also for an unknown name, so that both take as long."""
        user_id, subject = (profile.user_id, "") if profile else ("", "nobody")
        actor_id = None if event in (Event.PASSWORD_CHANGE, Event.PROFILE_CHANGE) else ""  # unknown, unless signed in
        return self.trail.prepare(user_id, event, outcome, actor_id=actor_id, subject=subject)

    async def _known_device(self, username: str, refresh_token: str) -> str:
        """Returns the session that this user was given the token in, ended or not; "" if there is none."""
        session = self.sessions.issued_to(refresh_token)
        if session is None:
            return ""
        profile = await self.profiles.find(username)
        return session.session_id if profile and profile.user_id == session.user_id else ""


def _wrong_current_password() -> Unauthenticated:
    return Unauthenticated("BAD_CREDENTIALS", "the current password is wrong; check it and try again")
