from __future__ import annotations

import asyncio
import os
import sys
import threading
import unicodedata

import bcrypt
import pytest

from services.common.rpc.errors import InvalidArgument, Unavailable
from services.user.identity.domain import check_password
from services.user.identity.hashing.source import Source
from services.user.identity.passwords import Passwords, common_passwords
from tests.keyboards import full_width


@pytest.mark.parametrize("password", ["twelve chars", "x" * 72, "é" * 36, "👍" * 18])
async def test_a_password_matches_its_hash(passwords: Passwords, password: str) -> None:
    hashed = await passwords.hash(password)
    assert await passwords.verify(password, hashed)
    assert not await passwords.verify(password[:-1], hashed)
    assert not await passwords.verify(password.swapcase() + "!", hashed)


@pytest.mark.parametrize("password", ["violet-café-47", "mật khẩu của tôi", "비밀번호가 아주 길다고"])
async def test_a_password_fits_however_the_keyboard_composes_its_letters(passwords: Passwords, password: str) -> None:
    forms = [unicodedata.normalize(form, password) for form in ("NFC", "NFD")]
    for stored in forms:
        hashed = await passwords.hash(stored)
        assert [await passwords.verify(typed, hashed) for typed in forms] == [True, True]
        assert not await passwords.verify(forms[1][:-1], hashed)


async def test_a_full_width_password_is_the_plain_one(passwords: Passwords) -> None:
    assert await passwords.verify(full_width("violet-47 lamp"), await passwords.hash("violet-47 lamp"))


@pytest.mark.parametrize("password", ["violet-café-47", "violet-½-anchor"])
async def test_a_hash_of_the_text_as_it_was_typed_still_fits(passwords: Passwords, password: str) -> None:
    hashed = bcrypt.hashpw(password.encode(), bcrypt.gensalt(4))
    assert await passwords.verify(password, hashed)
    assert not await passwords.verify(password + "x", hashed)
    assert await passwords.is_outdated(password, hashed)
    assert not await passwords.is_outdated(password, await passwords.hash(password))


async def test_a_hash_is_not_outdated_if_the_normal_form_is_too_long_for_another(passwords: Passwords) -> None:
    password = "\ufdfa" * 12  # 36 bytes, and 396 in its normal form
    hashed = bcrypt.hashpw(password.encode(), bcrypt.gensalt(4))
    assert await passwords.verify(password, hashed)
    assert not await passwords.is_outdated(password, hashed)


async def test_bytes_after_the_72nd_are_not_ignored(passwords: Passwords) -> None:
    hashed = await passwords.hash("x" * 72)
    assert not await passwords.verify("x" * 73, hashed)


async def test_characters_after_a_nul_are_not_ignored(passwords: Passwords) -> None:
    hashed = await passwords.hash("twelve chars")
    assert not await passwords.verify("twelve chars\0", hashed)
    assert not await passwords.verify("twelve chars\0more", hashed)


async def test_the_same_password_gets_another_hash_each_time(passwords: Passwords) -> None:
    assert await passwords.hash("twelve chars") != await passwords.hash("twelve chars")


@pytest.mark.parametrize("password", ["nobody has this password", "", "x" * 100])
async def test_no_password_matches_without_a_hash(passwords: Passwords, password: str) -> None:
    assert not await passwords.verify(password, None)


async def test_every_comparison_is_one_check_at_the_same_cost() -> None:
    """An unknown user must take as long as a wrong password; the sign-in benchmark measures the times."""
    checked: list[bytes] = []

    def check(password: bytes, hashed: bytes) -> bool:
        checked.append(hashed[:7])  # the algorithm and the cost
        return bcrypt.checkpw(password, hashed)

    passwords = Passwords(5, check)
    hashed = await passwords.hash("twelve chars")
    for password in ("wrong password", "x" * 100, "nul\0", "twelve chars"):
        for expected in (hashed, None):
            await passwords.verify(password, expected)
    assert checked == [b"$2b$05$"] * 8
    checked.clear()
    for expected in (hashed, None):  # both forms are compared
        await passwords.verify("cafe\u0301 with milk", expected)
    passwords.close()
    assert checked == [b"$2b$05$"] * 4


async def test_hashing_does_not_block_the_event_loop() -> None:
    slow = Passwords(cost=11)
    hashing = asyncio.create_task(slow.hash("twelve chars"))
    turns = 0
    while not hashing.done():
        await asyncio.sleep(0.001)
        turns += 1
    slow.close()
    assert turns > 10


async def test_a_flood_of_sign_ins_is_refused_and_the_next_one_succeeds(passwords: Passwords) -> None:
    hashed = await passwords.hash("twelve chars")

    async def sign_in(source: Source) -> bool:
        with passwords.slot(source):
            return await passwords.verify("twelve chars", hashed, source)

    answers = await asyncio.gather(*(sign_in(Source.of(f"198.51.{n}.1")) for n in range(100)), return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, Unavailable)]
    assert {answer.reason for answer in refused} == {"OVERLOADED"}
    assert 0 < answers.count(True) == 100 - len(refused) <= 64  # fewer if they waited too long on a busy machine
    assert await sign_in(Source.of("203.0.113.1"))


async def test_a_flood_from_one_address_delays_another_by_one_hash() -> None:
    slow, finished = Passwords(cost=10), list[str]()  # a hash outlasts the wait of a thread on a busy machine

    async def hash_at(address: str) -> None:
        await slow.hash("twelve chars", Source.of(address))
        finished.append(address)

    flood = [asyncio.create_task(hash_at("192.0.2.1")) for _ in range(10)]
    await asyncio.sleep(0)
    await hash_at("192.0.2.2")
    assert finished.count("192.0.2.1") <= 3, "two had begun, and one may run beside it"
    await asyncio.gather(*flood, return_exceptions=True)  # some may have waited too long
    slow.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has thread priorities")
async def test_hashing_has_a_lower_priority_than_the_event_loop(passwords: Passwords) -> None:
    await asyncio.gather(*(passwords.hash("twelve chars") for _ in range(8)))
    own_priority = os.getpriority(os.PRIO_PROCESS, 0)
    pool = [thread.native_id for thread in threading.enumerate() if thread.name.startswith("bcrypt")]
    assert pool
    assert {os.getpriority(os.PRIO_PROCESS, number or 0) for number in pool} == {min(19, own_priority + 5)}


def test_every_password_of_the_list_is_refused() -> None:
    common = common_passwords()
    listed = [password for password in common if password]
    assert len(listed) > 1000
    for password in listed:
        assert len(password) >= 12, "the contract refuses shorter passwords"
        with pytest.raises(InvalidArgument):
            check_password(password, "nobody-has-this-name", common)


@pytest.mark.parametrize("password", ["password1234", "123456789012", "qwertyuiop12", "iloveyou1234"])
def test_popular_passwords_are_in_the_list(password: str) -> None:
    assert password in common_passwords()
