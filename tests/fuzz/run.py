"""A run: the attacks, one after the other, each followed by an examination of the system."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from . import http2, protobufs, rest, rest_links
from .target import Target, target

Attack = Callable[[Target, Random, float], Awaitable[None]]

ATTACKS: dict[str, Attack] = {
    "protobufs": protobufs.attack,
    "http2": http2.attack_all,
    "rest": rest.attack,
    "links": rest_links.attack,
}


@dataclass(frozen=True)
class Report:
    """The number of inputs sent, by kind, and the findings."""

    sent: dict[str, int]
    findings: list[str]


async def run(seed: str, seconds: float, log_dir: Path, parts: tuple[str, ...] = tuple(ATTACKS)) -> Report:
    """Starts a system and attacks it, with an equal share of the time for each attack."""
    async with target(log_dir) as this:
        for part in parts:
            before = len(this.findings)
            await ATTACKS[part](this, Random(f"{seed}/{part}"), seconds / len(parts))
            await this.examine()
            this.findings[before:] = [f"{part}: {finding}" for finding in this.findings[before:]]
            if this.findings:
                break
        return Report(this.sent, this.findings)
