"""Registration, sign-in and the profile over REST, with the data of real people."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable

import pytest

from tests import cultures
from tests.keyboards import decomposed, full_width

from .rest import Rest, answer
from .users import User, registration

NewUser = Callable[..., Awaitable[User]]


async def test_the_profile_is_what_was_registered_and_can_be_changed(new_user: NewUser) -> None:
    details = registration() | {
        "first_name": "Zoë",
        "last_name": "O’Neill-Ørsted",  # noqa: RUF001 - a typographic apostrophe
        "phone": "+14155550100",
        "date_of_birth": "1990-12-31",
        "marketing_emails_consent": True,
    }
    user = await new_user(details)
    profile = await user.get("/api/v1/auth/me")
    assert profile == await user.get("/api/v1/auth/profile")
    assert "password" not in profile
    assert {name: profile[name] for name in details if name != "password"} == {
        name: value for name, value in details.items() if name != "password"
    }
    assert profile["role"] == "CUSTOMER"

    changed = await user.patch("/api/v1/auth/me", {"first_name": "Ada", "phone": "", "marketing_emails_consent": False})
    assert changed == profile | {
        "first_name": "Ada",
        "phone": "",
        "marketing_emails_consent": False,
        "updated_at": changed["updated_at"],
    }
    assert changed["updated_at"] > profile["updated_at"]
    assert await user.patch("/api/v1/auth/profile", {}) == await user.get("/api/v1/auth/me")


async def test_names_and_numbers_of_many_cultures_are_accepted(user: User) -> None:
    for typed, stored in cultures.NAMES.items():
        assert (await user.patch("/api/v1/auth/me", {"last_name": typed}))["last_name"] == stored
    for typed, stored in cultures.PHONES.items():
        assert (await user.patch("/api/v1/auth/me", {"phone": typed}))["phone"] == stored


@pytest.mark.parametrize("path", ["/api/v1/auth/me", "/api/v1/auth/profile"])
async def test_put_changes_the_given_fields_like_patch(user: User, path: str) -> None:
    before = await user.get(path)
    after = answer(await user.send("PUT", path, {"first_name": "Grace", "phone": "+1 415 555 0100"}))
    assert after == before | {"first_name": "Grace", "phone": "+14155550100", "updated_at": after["updated_at"]}


async def test_a_password_opens_its_account_however_the_keyboard_composes_its_letters(
    guest: Rest, new_user: NewUser
) -> None:
    composed = "ein schöner Käse für " + secrets.token_hex(8)
    user = await new_user(registration() | {"password": composed})
    signing_in = {"username": full_width(user.username), "password": decomposed(composed)}
    assert (await guest.post("/api/v1/auth/login", signing_in))["access_token"]


async def test_another_email_address_needs_the_current_password(user: User) -> None:
    path, changed = "/api/v1/auth/me", {"email": f"new_{user.username}@example.com"}
    refused = await user.refused("PATCH", path, changed)
    assert (refused.status, refused.reason, refused.fields) == (400, "INVALID_FIELD", ("current_password",))
    refused = await user.refused("PUT", path, {**changed, "current_password": "not this one"})
    assert (refused.status, refused.reason) == (401, "BAD_CREDENTIALS")
    assert (await user.get(path))["email"] != changed["email"]
    assert (await user.patch(path, {**changed, "current_password": user.password}))["email"] == changed["email"]
    events = await user.get("/api/v1/auth/audit")
    outcomes = [(event["event"], event["outcome"]) for event in events["events"][:2]]
    assert outcomes == [("PROFILE_CHANGE", "DONE"), ("PROFILE_CHANGE", "BAD_CREDENTIALS")]


async def test_a_changed_email_address_is_taken_and_the_old_one_is_free(new_user: NewUser) -> None:
    first, second = await new_user(), await new_user()
    old, new = f"{first.username}@example.com", f"new_{first.username}@example.com"
    await first.patch("/api/v1/auth/me", {"email": new, "current_password": first.password})
    proof = {"current_password": second.password}
    taken = await second.refused("PATCH", "/api/v1/auth/me", {"email": new.upper(), **proof})
    assert (taken.status, taken.reason) == (409, "EMAIL_TAKEN")
    assert (await second.patch("/api/v1/auth/me", {"email": old, **proof}))["email"] == old


async def test_names_and_addresses_are_taken_in_any_case(guest: Rest, user: User) -> None:
    details = registration()
    refused = await guest.refused("POST", "/api/v1/auth/register", details | {"username": user.username.upper()})
    assert (refused.status, refused.reason) == (409, "USERNAME_TAKEN")
    refused = await guest.refused(
        "POST", "/api/v1/auth/register", details | {"email": f"{user.username.upper()}@EXAMPLE.COM"}
    )
    assert (refused.status, refused.reason) == (409, "EMAIL_TAKEN")
    signed_in = await guest.post("/api/v1/auth/login", {"username": user.username.upper(), "password": user.password})
    assert (signed_in["token_type"], signed_in["expires_in"] > 0) == ("Bearer", True)


async def test_a_wrong_password_and_an_unknown_name_get_the_same_response(guest: Rest, user: User) -> None:
    wrong = await guest.refused("POST", "/api/v1/auth/login", {"username": user.username, "password": "wrong"})
    unknown = await guest.refused("POST", "/api/v1/auth/login", {"username": "nobody_here", "password": user.password})
    assert wrong == unknown
    assert (wrong.status, wrong.reason) == (401, "BAD_CREDENTIALS")
