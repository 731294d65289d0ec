"""Part of invariant 1: the account and the chapters of the ledger list each entry once, in order."""

from __future__ import annotations

from collections.abc import Iterator

from .checker_model import Finding, Line
from .checker_view import View

CHAPTER_SIZE = 32  # entries


def lines(view: View) -> Iterator[Finding]:
    """Checks the lists of entries: full chapters, and the last chapter in the account."""
    for user in view.accounts.keys() | {user for user, _ in view.chapters}:
        expected = [Line(entry.effect_id, entry.kind) for entry in view.ledgers.get(user, ())]
        chapters = [expected[start : start + CHAPTER_SIZE] for start in range(0, len(expected), CHAPTER_SIZE)]
        account = view.accounts.get(user)
        if account is not None and account.lines != (chapters[-1] if chapters else []):
            yield f"the account of {user}", "lists other entries than its last ones"
        full = {number: chapter for number, chapter in enumerate(chapters) if len(chapter) == CHAPTER_SIZE}
        stored = {number: chapter for (owner, number), chapter in view.chapters.items() if owner == user}
        for number in full.keys() | stored.keys():
            if full.get(number) != stored.get(number):
                yield f"the chapter {number} of the ledger of {user}", "is missing or has other entries"
