"""The lock of the packages from npm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from requirements import npm_lock


@pytest.mark.parametrize("folder", npm_lock.LOCKS, ids=lambda folder: folder.name)
def test_the_committed_lock_is_trimmed(folder: Path) -> None:
    lock = json.loads((folder / npm_lock.LOCK).read_text())
    assert npm_lock.trim(lock) == lock


def test_a_lock_is_trimmed_to_the_direct_dependencies() -> None:
    root = {"name": "it", "dependencies": {"direct": "1.0.0"}, "optionalDependencies": {"more": "1.0.0"}}
    direct = {"version": "1.0.0", "integrity": "sha512-x"}
    more = {"version": "1.0.0", "integrity": "sha512-z", "optional": True}
    lock = {
        "lockfileVersion": 3,
        "packages": {
            "": root,
            "node_modules/direct": {**direct, "dependencies": {"other": "^2"}},
            "node_modules/other": {"version": "2.0.0", "integrity": "sha512-y"},
            "node_modules/more": {**more, "engines": {"node": ">=20"}},
        },
    }
    kept = {"": root, "node_modules/direct": direct, "node_modules/more": more}
    assert npm_lock.trim(lock) == {"lockfileVersion": 3, "packages": kept}
