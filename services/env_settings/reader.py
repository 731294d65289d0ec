"""Settings: frozen dataclasses, read from environment variables.

The name of a variable is that of its field, after a prefix: with the prefix CNOP, `listen` is CNOP_LISTEN, and
`dynamodb.endpoint`, of a nested dataclass, is CNOP_DYNAMODB_ENDPOINT.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, field
from decimal import Decimal
from typing import Any, TypeVar

from services.env_settings.rules import Rule, usual

S = TypeVar("S")


class SettingError(ValueError):
    """A variable is missing or has an impossible value. The text names it."""


def setting(help_text: str, default: Any = MISSING, rule: Rule | None = None) -> Any:
    """Declares a field of a settings class. Without a default it is required.

    Without a rule, a number must not be negative, and a text or path not empty. A text whose default is empty may be.
    """
    return field(default=default, metadata={"help": help_text, "rule": rule})


def read(kind: type[S], prefix: str, environ: Mapping[str, str]) -> S:
    """Reads settings. Raises SettingError."""
    values: dict[str, Any] = {}
    for declared, variable, of in _fields(kind, prefix):
        if dataclasses.is_dataclass(of):
            values[declared.name] = read(of, variable, environ)
        elif variable in environ:
            values[declared.name] = _parse(declared, variable, of, environ[variable])
        elif declared.default is MISSING:
            raise SettingError(f"{variable} is not set: {declared.metadata['help']}")
    return kind(**values)


def _parse(declared: dataclasses.Field[Any], variable: str, of: type[Any], text: str) -> Any:
    """Returns the value of a variable. Raises SettingError, which names no text: an address may have a password."""
    is_number = of in (int, float, Decimal)
    rule: Rule = declared.metadata["rule"] or usual(of)
    if text == declared.default == "":
        return text
    try:
        value = of(text)
        if rule.allows(value if is_number else text):  # Path("") would be the current folder
            return value
    except (ValueError, ArithmeticError):
        pass
    must = rule.text.replace("a number", "a whole number") if of is int else rule.text
    raise SettingError(f"{variable} must be {must}" + (f", not {text!r}" if is_number else ""))


def help_lines(kind: type[Any], prefix: str) -> Iterator[str]:
    """Yields a line about each variable, for `--help`."""
    for declared, variable, of in _fields(kind, prefix):
        if dataclasses.is_dataclass(of):
            yield from help_lines(of, variable)
        else:
            default = "required" if declared.default is MISSING else f"default {declared.default}"
            yield f"  {variable}  {declared.metadata['help']} ({default})"


def _fields(kind: type[Any], prefix: str) -> Iterator[tuple[dataclasses.Field[Any], str, type[Any]]]:
    types = typing.get_type_hints(kind)
    for declared in dataclasses.fields(kind):
        yield declared, f"{prefix}_{declared.name.upper()}", types[declared.name]
