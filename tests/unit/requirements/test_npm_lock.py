"""The lock of the packages from npm."""

from __future__ import annotations

import json

from requirements import npm_lock


def test_the_committed_lock_is_trimmed() -> None:
    lock = json.loads((npm_lock.LOCKS / npm_lock.LOCK).read_text())
    assert npm_lock.trim(lock) == lock


def test_a_lock_is_trimmed_to_the_direct_dependencies() -> None:
    root = {"name": "it", "dependencies": {"direct": "1.0.0"}}
    direct = {"version": "1.0.0", "integrity": "sha512-x"}
    lock = {
        "lockfileVersion": 3,
        "packages": {
            "": root,
            "node_modules/direct": {**direct, "dependencies": {"other": "^2"}},
            "node_modules/other": {"version": "2.0.0", "integrity": "sha512-y"},
        },
    }
    assert npm_lock.trim(lock) == {"lockfileVersion": 3, "packages": {"": root, "node_modules/direct": direct}}
