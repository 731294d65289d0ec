"""Renders the rate limits of the edge, from the limits file, into files that Envoy reads again when they change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from edge_config.templating import render_template
from services.ratelimit import rules
from services.ratelimit.rules import SHARED_CLASSES, Limit, Rules

# The filters that count by address only, with their rate classes, and the filter that counts by rate class.
_ADDRESS_FILTERS = {"limit_flood": "FLOOD", "limit_all": "ALL"}
_CLASS_FILTER = "limit_class"

# Buckets of users and addresses that exist at once. Beyond it Envoy drops the oldest, which refills that bucket.
_BUCKETS_MAX = 100_000


def write_limits(file: Path, folder: Path) -> None:
    """Renders the limits file into a folder. A running edge applies the new limits at once; unchanged ones stay as they
    are, with what is left in their buckets.

    Raises ValueError when the limits file is invalid.
    """
    limits = rules.read(file)
    texts = {
        name: render_template(
            "limit_address.yaml.j2", name=name, limit=limits[rate_class].address, buckets_max=_BUCKETS_MAX
        )
        for name, rate_class in _ADDRESS_FILTERS.items()
    }
    texts[_CLASS_FILTER] = render_template(
        "limit_class.yaml.j2", edge_buckets=list(_edge_buckets(limits)), buckets_max=_BUCKETS_MAX
    )
    for name, text in texts.items():
        if _read(folder / f"{name}.yaml") == text:
            continue
        part = folder / f".{name}.part"
        part.write_text(text)
        part.rename(folder / f"{name}.yaml")  # Envoy watches for renames, and never reads a half-written file


def _read(file: Path) -> str | None:
    return file.read_text() if file.exists() else None


def _edge_buckets(limits: Rules) -> Iterator[tuple[str, str, Limit]]:
    """The buckets of the class filter: rate class, descriptor key, limit."""
    for name in ("READ", "HISTORY", "SESSION", "DOCS", "WEB", *SHARED_CLASSES):
        of = limits[name]
        user, address = (of.fallback_user, of.fallback_address) if name in SHARED_CLASSES else (of.user, of.address)
        if user:
            yield name, "user", user
        if address:
            yield name, "masked_remote_address", address
