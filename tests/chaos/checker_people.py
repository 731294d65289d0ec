"""Each user has one profile, one account, one name and one address, and was registered by a call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from services.common import ids

from .checker_model import Finding, Profile, Violation, violations
from .checker_view import View
from .history import Call, Kind, Outcome


def people(view: View) -> list[Violation]:
    """6. Each name and each address belongs to exactly one user, and every user has an account."""
    return violations(6, list(_parts(view)), list(_names(view)))


def _parts(view: View) -> Iterator[Finding]:
    for user in view.profiles.keys() ^ view.accounts.keys():
        yield f"the user {user}", "has an account, but no profile" if user in view.accounts else "has no account"
    for user, profile in view.profiles.items():
        if profile.version < 1 or not profile.username or not profile.email:
            yield f"the user {user}", f"is {profile.username!r}, {profile.email!r} at version {profile.version}"


def _names(view: View) -> Iterator[Finding]:
    for what, owners in (("username", view.usernames), ("email", view.emails)):
        wanted = {user: getattr(profile, what).casefold() for user, profile in view.profiles.items()}
        for user, name in wanted.items():
            if owners.get(name) != user:
                yield f"the user {user}", f"has the {what} {name}, which belongs to {owners.get(name, 'nobody')}"
        for name, user in owners.items():
            if wanted.get(user) != name:
                yield f"the {what} {name}", f"belongs to {user}, who has {wanted.get(user, 'no profile')}"


def registered_bodies(view: View) -> Iterator[Finding]:
    """Checks the fingerprints of registrations whose profile has not changed since."""
    for user, profile in view.profiles.items():
        if profile.version == 1 and profile.request_body != _body(profile.fields):
            yield f"the user {user}", "has a fingerprint that does not match its registration"


def _body(fields: dict[str, str | bool]) -> str:
    return ids.fingerprint(*(str(value) for value in fields.values()))


def registrations(view: View, history: Sequence[Call]) -> Iterator[Finding]:
    """Each acknowledged registration has a user, and each user was registered by a call."""
    calls: dict[str, list[Call]] = defaultdict(list)
    changed: dict[str, int] = defaultdict(int)
    for call in history:
        if call.kind is Kind.REGISTER:
            calls[call.body.get("username", "").casefold()].append(call)
        elif call.kind is Kind.UPDATE_PROFILE and call.outcome is not Outcome.REFUSED:
            changed[call.user] += 1
    for name in calls.keys() | {profile.username.casefold() for profile in view.profiles.values()}:
        profile = view.profiles.get(view.usernames.get(name, ""))
        for call in calls[name]:
            yield from _registration(name, profile, call)
        if profile is not None and not any(
            call.outcome is not Outcome.REFUSED and _asks_for(profile, call) for call in calls[name]
        ):
            yield f"the user {profile.user_id}", "was not registered by any call"
    for user, profile in view.profiles.items():
        if profile.version > 1 and not changed[user]:
            yield f"the user {user}", f"is at version {profile.version}, but no call changed the profile"
        if profile.disabled:
            yield f"the user {user}", "is disabled, but no call disabled it"


def _registration(name: str, profile: Profile | None, call: Call) -> Iterator[Finding]:
    where = f"the registration of {name} ({call.request_id or 'no request id'})"
    if call.outcome is Outcome.REFUSED and call.reason == "USERNAME_TAKEN":
        if profile is None:
            yield where, "was refused as taken, but nobody has the name"
        elif call.request_id and _asks_for(profile, call):
            yield where, "was refused as taken, but is the request that took the name"
    if call.outcome is not Outcome.ACKNOWLEDGED:
        return
    if profile is None or profile.user_id != call.answer.get("user_id"):
        yield where, f"was acknowledged as {call.answer.get('user_id')}, who does not exist"
    elif not _asks_for(profile, call):
        yield where, "was acknowledged with different values"
    else:
        stored = {**profile.fields, "role": profile.role.upper()}
        del stored["request_id"]  # responses do not contain it
        acknowledged = {name: call.answer.get(name) or type(value)() for name, value in stored.items()}
        if profile.version == 1 and acknowledged != stored:
            yield where, f"was acknowledged as {acknowledged}, but is stored as {stored}"


def _asks_for(profile: Profile, call: Call) -> bool:
    """Tells whether a call has the values of the user's registration."""
    asked = {name: call.body.get(name) or type(value)() for name, value in profile.fields.items()}
    asked["request_id"] = call.request_id or profile.fields["request_id"]  # if missing, the service made one up
    return _body(asked) == profile.request_body
