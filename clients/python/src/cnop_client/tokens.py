"""Where the tokens of a session are kept between calls: in memory, or in a file that processes share."""

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
    """What a sign-in or a refresh answered. `edge` is where; `expires_at`, of the access token, is time.time().

    Without an access token nobody is signed in any more: the refresh token shows at the next sign-in that this is a
    device of the user.
    """

    edge: str
    access_token: str
    refresh_token: str
    expires_at: float

    def __repr__(self) -> str:
        return f"Tokens(edge={self.edge!r}, expires_at={self.expires_at})"  # no secrets in logs


class TokenStore(Protocol):
    """Keeps the tokens of one session. A refresh token is good once, so who refreshes holds the lock."""

    def read(self) -> Tokens | None:
        """The tokens, None when there are none."""

    def write(self, tokens: Tokens | None) -> None:
        """Replaces them; None forgets them."""

    def try_lock(self) -> Callable[[], None] | None:
        """Takes the lock if it is free: answers what releases it, or None. Never waits."""


class MemoryTokens:
    """Tokens of this process alone."""

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
    """Tokens in a file that only its owner may read (0600), with a lock file beside it."""

    def __init__(self, path: Path | str) -> None:
        self._path = Path(path)

    def read(self) -> Tokens | None:
        """The tokens. A file that holds something else counts as none: signing in writes it anew."""
        try:
            return Tokens(**json.loads(self._path.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def write(self, tokens: Tokens | None) -> None:
        """Replaces the file as a whole, so that nobody ever reads half of it."""
        if tokens is None:
            self._path.unlink(missing_ok=True)
            return
        self._make_folder()
        descriptor, name = tempfile.mkstemp(dir=self._path.parent, prefix=self._path.name)  # 0600
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(asdict(tokens), file)
                file.flush()
                os.fsync(file.fileno())  # the old refresh token is used up: losing the new one ends the session
            Path(name).replace(self._path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                Path(name).unlink()
            raise

    def try_lock(self) -> Callable[[], None] | None:
        self._make_folder()
        # A lock of its own for each try: it keeps out tasks and threads of this process as it does other processes.
        lock = filelock.FileLock(f"{self._path}.lock", mode=0o600, thread_local=False, blocking=False)
        try:
            lock.acquire()
        except filelock.Timeout:
            return None
        return lock.release

    def _make_folder(self) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
