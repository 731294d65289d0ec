"""Token stores, in memory and in a file."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from cnop_client import FileTokens, MemoryTokens, Tokens, TokenStore

TOKENS = Tokens("http://edge:80", "access", "refresh", 12.5)


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> TokenStore:
    return MemoryTokens() if request.param == "memory" else FileTokens(tmp_path / "cnop" / "default.json")


def test_stored_tokens_are_read_until_they_are_removed(store: TokenStore) -> None:
    assert store.read() is None
    store.write(TOKENS)
    assert store.read() == TOKENS
    store.write(None)
    store.write(None)
    assert store.read() is None


def test_only_one_caller_holds_the_lock(store: TokenStore) -> None:
    release = store.try_lock()
    assert release is not None
    assert store.try_lock() is None
    release()
    again = store.try_lock()
    assert again is not None
    again()


def test_only_the_owner_can_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "default.json"
    store = FileTokens(path)
    store.write(TOKENS)
    release = store.try_lock()
    assert release is not None
    release()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()} == {0o600}
    assert {each.name for each in path.parent.iterdir()} == {"default.json", "default.json.lock"}


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"edge": "x"}'])
def test_a_file_without_tokens_counts_as_empty(tmp_path: Path, text: str) -> None:
    (tmp_path / "tokens.json").write_text(text)
    assert FileTokens(tmp_path / "tokens.json").read() is None


def test_tokens_show_no_secret() -> None:
    assert "access" not in repr(TOKENS)
    assert "refresh" not in repr(TOKENS)
