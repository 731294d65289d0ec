"""Stores for the tokens of a session: in memory, or in a file that processes share."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import filelock


@dataclass(frozen=True)
class Tokens:
    """The tokens of a session at an edge. `expires_at` is when the access token expires, in seconds as time.time().

    An empty access token means signed out. The refresh token then proves at the next sign-in that this is a device of
    the user.
    """

    edge: str
    access_token: str
    refresh_token: str
    expires_at: float

    def __repr__(self) -> str:
        return f"Tokens(edge={self.edge!r}, expires_at={self.expires_at})"  # no secrets in logs


class TokenStore(Protocol):
    """Stores the tokens of one session. A refresh token works once, so only the holder of the lock may refresh."""

    def read(self) -> Tokens | None:
        """Returns the tokens; None if there are none."""

    def write(self, tokens: Tokens | None) -> None:
        """Replaces the tokens; None deletes them."""

    def try_lock(self) -> Callable[[], None] | None:
        """Takes the lock without waiting. Returns a function that releases it, or None if it is taken."""


class MemoryTokens:
    """Tokens in memory, for this process only."""

    def __init__(self) -> None:
        self._tokens: Tokens | None = None
        self._lock = threading.Lock()

    def read(self) -> Tokens | None:
        return self._tokens

    def write(self, tokens: Tokens | None) -> None:
        self._tokens = tokens

    def try_lock(self) -> Callable[[], None] | None:
        return self._lock.release if self._lock.acquire(blocking=False) else None


class FileTokens:
    """Tokens in a file that only its owner can read (0600), with a lock file beside it."""

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)

    def read(self) -> Tokens | None:
        """Returns the tokens; None if the file is missing or malformed. A sign-in rewrites it."""
        try:
            tokens = Tokens(**json.loads(self._path.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None
        texts = (tokens.edge, tokens.access_token, tokens.refresh_token)
        is_good = all(isinstance(text, str) for text in texts) and isinstance(tokens.expires_at, float | int)
        return tokens if is_good else None

    def write(self, tokens: Tokens | None) -> None:
        """Replaces the file atomically, so that nobody reads half of it."""
        if tokens is None:
            self._path.unlink(missing_ok=True)
            return
        self._make_folder()
        descriptor, name = tempfile.mkstemp(dir=self._path.parent, prefix=self._path.name)  # 0600
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(asdict(tokens), file)
                file.flush()
                os.fsync(file.fileno())  # the old refresh token is used: losing the new one would end the session
            Path(name).replace(self._path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                Path(name).unlink()
            raise

    def try_lock(self) -> Callable[[], None] | None:
        self._make_folder()
        # A new lock object each time excludes tasks and threads of this process, not only other processes.
        lock = filelock.FileLock(f"{self._path}.lock", mode=0o600, thread_local=False, blocking=False)
        try:
            lock.acquire()
        except filelock.Timeout:
            return None
        return lock.release

    def _make_folder(self) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
