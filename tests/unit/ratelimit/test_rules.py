from __future__ import annotations

from pathlib import Path

import pytest

from local.paths import LIMITS, LIMITS_FOR_LOAD
from services.ratelimit import rules
from services.ratelimit.rules import Limit
from services.ratelimit.watch import RulesFile

GOOD = """
[FLOOD]
address = "10000/second"
[ALL]
address = "100/second"
[DOCS]
address = "4/day"
[WEB]
address = "4/day"
[READ]
address = "3/minute"
[HISTORY]
address = "3/minute"
[SESSION]
user = "8/minute"
address = "9/minute"
[AUTH]
address = "4/hour"
fallback_address = "2/hour"
[MONEY]
user = "5/day"
address = "6/day"
fallback_address = "6/day"
[TRADE]
address = "7/minute"
fallback_address = "7/minute"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "limits.toml"
    file.write_text(GOOD)
    return file


def test_limits_are_parsed(file: Path) -> None:
    limits = rules.read(file)
    assert limits["MONEY"].user == Limit(5, "day")
    assert limits["READ"].user is None
    addresses = [limits[name].address for name in ("ALL", "READ", "AUTH", "MONEY")]
    assert [address and address.seconds for address in addresses] == [1, 60, 3600, 86400]


@pytest.mark.parametrize("shipped", [LIMITS, LIMITS_FOR_LOAD])
def test_the_shipped_files_are_valid(shipped: Path) -> None:
    assert rules.read(shipped)


def test_sign_in_has_a_stricter_limit_while_counters_are_unavailable() -> None:
    auth = rules.read(LIMITS)["AUTH"]
    assert auth.address is not None
    assert auth.fallback_address is not None
    assert auth.fallback_address.calls < auth.address.calls


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"4/hour"', '"4/week"'),
        ('"4/hour"', '"0/hour"'),
        ('"4/hour"', '"-1/hour"'),
        ('"4/hour"', '"9999999/hour"'),
        ('"4/hour"', '"4 per hour"'),
        ('"4/hour"', "4"),
        ("[TRADE]", "[TRAED]"),
        ("[READ]", "[READ]\nadress = '1/day'"),
        ("[READ]", "[READ]\nfallback_address = '1/day'"),
        ("[HISTORY]", "[HISTORY]\nfallback_user = '1/day'"),
        ("[SESSION]", "[SESSION]\nfallback_user = '1/day'"),
        ("[FLOOD]", "[FLOOD]\nuser = '1/day'"),
        ("[FLOOD]", ""),
        ("[ALL]", "[ALL]\nuser = '1/day'"),
        ("[DOCS]", "[DOCS]\nuser = '1/day'"),
        ('fallback_address = "2/hour"', ""),
        ("[ALL]", "[ALL"),
        ('"4/hour"', "[" * 5000),
    ],
    ids=lambda text: text[:40],
)
def test_an_invalid_or_incomplete_file_is_refused(file: Path, old: str, new: str) -> None:
    file.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(ValueError, match="limits"):
        rules.read(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"nowhere\.toml cannot be read"):
        rules.read(tmp_path / "nowhere.toml")


def test_a_changed_file_applies_without_a_restart_and_an_invalid_one_changes_nothing(file: Path) -> None:
    reloads: list[bool] = []
    current = RulesFile(file, reloads.append)
    current.refresh()
    assert reloads == []

    file.with_suffix(".new").write_text(GOOD.replace("5/day", "50/day"))
    file.with_suffix(".new").rename(file)
    current.refresh()
    assert current.current["MONEY"].user == Limit(50, "day")

    file.write_text("nonsense")
    current.refresh()
    assert current.current["MONEY"].user == Limit(50, "day")

    file.unlink()
    current.refresh()
    assert current.current["MONEY"].user == Limit(50, "day")
    assert reloads == [True, False, False]
