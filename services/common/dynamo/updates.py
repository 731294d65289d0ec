"""Updates of many attributes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from aiodynamo.expressions import F, UpdateExpression, Value

_field = lru_cache(maxsize=256)(F)  # names come from code


def set_all(attributes: Mapping[str, Any]) -> UpdateExpression:
    """Returns the update that sets attributes to values. `F(…).set(…) & …` is the same, but copies all for each one."""
    return UpdateExpression(set_updates=[(_field(name), Value(value)) for name, value in attributes.items()])
