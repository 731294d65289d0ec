from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from aiodynamo.client import Client

from services.common.rpc.errors import AlreadyExists
from services.user.identity.domain import Profile, Role
from services.user.ledger.store import LedgerStore
from tests.stores.users import Users

MakeProfile = Callable[..., Profile]


@pytest.fixture
def stores(clients: list[Client], users_table: str) -> list[Users]:
    """Returns the stores of two replicas."""
    return [Users.over(client, users_table) for client in clients]


@pytest.fixture
def store(stores: list[Users]) -> Users:
    return stores[0]


async def outcome(store: Users, profile: Profile) -> str:
    """Returns the reason if a user cannot be added, otherwise ""."""
    try:
        await store.add(profile)
    except AlreadyExists as refusal:
        return refusal.reason
    return ""


async def test_a_user_is_read_as_it_was_added(store: Users, make_profile: MakeProfile) -> None:
    added = make_profile(
        first_name="María José",
        phone="",
        date_of_birth="",
        role=Role.ADMIN,
        request_id="r",
        request_fingerprint="b",
        password_hash=b"\x00\xff",
    )
    await store.add(added)
    assert await store.get(added.user_id) == added


async def test_a_user_is_found_by_the_name_in_any_case(store: Users, make_profile: MakeProfile) -> None:
    added = make_profile()
    added = replace(added, username=added.username.title())
    await store.add(added)
    for name in (added.username, added.username.lower(), added.username.upper()):
        assert await store.profiles.find(name) == added
    assert await store.profiles.find(added.username + "x") is None
    for name in ("\u0390" * 254, "\x00#", "ß", added.username + "x" * 200):  # arbitrary input at a sign-in
        assert await store.profiles.find(name) is None
    assert await store.profiles.get("nobody") is None


async def test_a_new_user_has_an_account(store: Users, client: Client, users_table: str, user_id: str) -> None:
    account = await LedgerStore(client, users_table).account(user_id)
    assert account is not None
    assert account.current == 0


async def test_of_concurrent_users_with_one_name_one_is_added(stores: list[Users], make_profile: MakeProfile) -> None:
    name = make_profile().username
    wanted = [make_profile(username=name.upper() if n % 2 else name) for n in range(10)]
    ended = await asyncio.gather(*(outcome(stores[n // 2 % 2], profile) for n, profile in enumerate(wanted)))
    assert sorted(ended) == ["", *["USERNAME_TAKEN"] * 9]
    assert await stores[0].profiles.find(name) == wanted[ended.index("")]


async def test_of_concurrent_users_with_one_address_one_is_added(
    stores: list[Users], make_profile: MakeProfile
) -> None:
    email = make_profile().email
    wanted = [make_profile(email=email.upper() if n % 2 else email) for n in range(10)]
    ended = await asyncio.gather(*(outcome(stores[n // 2 % 2], profile) for n, profile in enumerate(wanted)))
    assert sorted(ended) == ["", *["EMAIL_TAKEN"] * 9]


async def test_a_refused_user_leaves_nothing_behind(
    store: Users, client: Client, users_table: str, make_profile: MakeProfile
) -> None:
    first = make_profile()
    await store.add(first)
    refused = make_profile(username=first.username)
    assert await outcome(store, refused) == "USERNAME_TAKEN"
    assert await store.profiles.get(refused.user_id) is None
    assert await LedgerStore(client, users_table).account(refused.user_id) is None
    assert await outcome(store, make_profile(email=refused.email)) == ""  # the address must still be free
    other = make_profile(email=first.email)
    assert await outcome(store, other) == "EMAIL_TAKEN"
    assert await outcome(store, make_profile(username=other.username)) == ""  # the name must still be free


async def test_if_both_name_and_address_are_taken_the_refusal_names_the_name(
    store: Users, make_profile: MakeProfile
) -> None:
    first = make_profile()
    await store.add(first)
    again = make_profile(username=first.username, email=first.email)
    assert await outcome(store, again) == "USERNAME_TAKEN"


async def test_a_change_of_address_frees_the_old_one(store: Users, make_profile: MakeProfile) -> None:
    before = make_profile()
    await store.add(before)
    fresh = make_profile().email
    assert await store.replace(before, replace(before, email=fresh))
    assert await outcome(store, make_profile(email=fresh.upper())) == "EMAIL_TAKEN"
    assert await outcome(store, make_profile(email=before.email)) == ""


async def test_the_address_of_another_user_is_refused(store: Users, make_profile: MakeProfile) -> None:
    one, other = make_profile(), make_profile()
    await store.add(one)
    await store.add(other)
    with pytest.raises(AlreadyExists) as refusal:
        await store.replace(one, replace(one, email=other.email.upper(), first_name="Eve"))
    assert refusal.value.reason == "EMAIL_TAKEN"
    assert await store.get(one.user_id) == one
    assert await outcome(store, make_profile(email=one.email)) == "EMAIL_TAKEN"


async def test_users_may_change_the_case_of_their_address(store: Users, make_profile: MakeProfile) -> None:
    before = make_profile()
    await store.add(before)
    assert await store.replace(before, replace(before, email=before.email.upper()))
    assert (await store.get(before.user_id)).email == before.email.upper()
    assert await outcome(store, make_profile(email=before.email)) == "EMAIL_TAKEN"


async def test_of_concurrent_changes_one_is_written(stores: list[Users], make_profile: MakeProfile) -> None:
    before = make_profile()
    await stores[0].add(before)
    wanted = [replace(before, first_name=f"Name{n}", email=make_profile().email) for n in range(8)]
    written = await asyncio.gather(*(stores[n % 2].replace(before, after) for n, after in enumerate(wanted)))
    assert written.count(True) == 1
    winner = wanted[written.index(True)]
    assert await stores[0].get(before.user_id) == replace(winner, version=2)
    for after in wanted:  # only the address of the winning change is taken
        taken = "EMAIL_TAKEN" if after is winner else ""
        assert await outcome(stores[0], make_profile(email=after.email)) == taken


async def test_a_change_increments_the_version_and_a_stale_one_is_refused(
    store: Users, make_profile: MakeProfile
) -> None:
    before = make_profile()
    await store.add(before)
    later = before.updated_at + timedelta(hours=1)
    assert await store.replace(before, replace(before, last_name="New", updated_at=later))
    assert not await store.replace(before, replace(before, last_name="Stale"))
    after = await store.get(before.user_id)
    assert after == replace(before, last_name="New", updated_at=later, version=2)


def test_the_hash_of_a_password_does_not_appear_in_logs(make_profile: MakeProfile) -> None:
    assert "$2b$" not in repr(make_profile())
