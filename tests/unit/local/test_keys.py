from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from local import keys
from services.user.sessions.signing import made_at, read_keys


def kid(age: timedelta) -> str:
    return f"{datetime.now(UTC) - age:%Y%m%dT%H%M%SZ}-aa"


def put(folder: Path, *kids: str) -> None:
    for name in kids:
        (folder / f"{name}.pem").touch()


def test_a_new_key_is_private_and_its_name_holds_its_time(tmp_path: Path) -> None:
    added = keys.add_signing_key(tmp_path)
    assert abs(datetime.now(UTC) - made_at(added)) < timedelta(seconds=5)
    assert (tmp_path / f"{added}.pem").stat().st_mode & 0o777 == 0o600
    assert list(read_keys(tmp_path)) == [added]


@pytest.mark.parametrize(
    ("ages", "removed"),
    [
        ([40], 0),
        ([60, 40], 1),
        ([80, 60, 40], 2),
        ([60, 10], 0),
        ([80, 60, 10, 0], 1),
        ([10, 0], 0),
    ],
    ids=str,
)
def test_a_key_is_removed_after_a_newer_one_has_signed_for_longer_than_tokens_live(
    tmp_path: Path, ages: list[int], removed: int
) -> None:
    kids = [kid(timedelta(minutes=age)) for age in ages]
    put(tmp_path, *kids)
    assert keys.remove_old_signing_keys(tmp_path) == kids[:removed]
    assert sorted(file.stem for file in tmp_path.iterdir()) == kids[removed:]


def test_a_key_with_the_old_name_format_is_removed_first(tmp_path: Path) -> None:
    newer = kid(timedelta(minutes=40))
    put(tmp_path, "20991231-ab12cd34", newer)
    assert keys.remove_old_signing_keys(tmp_path) == ["20991231-ab12cd34"]
