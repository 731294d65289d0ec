"""A secret: files that are kept together, in a folder or in a Kubernetes Secret."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

Files = Mapping[str, bytes]  # by name
Edit = Callable[[Files], Files]


@dataclass(frozen=True, slots=True)
class Change:
    """What a secret held before a change and holds now; the same if there was nothing to change."""

    before: Files
    after: Files


class Secret(Protocol):
    """Where the files of a secret are kept."""

    def change(self, edit: Edit) -> Change:
        """Replaces all files at once by what `edit` makes of them; {} stands for a secret that does not exist yet.

        Calls `edit` again, with the files of then, if another process changes the secret meanwhile.
        """
        ...
