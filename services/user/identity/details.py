"""What users state about themselves, in the form in which it is stored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from services.common import texts
from services.common.rpc.errors import InvalidArgument

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_TRUNK_PREFIX = re.compile(r"\(\s*0\s*\)")  # some countries drop it from abroad, some dial it
_SEPARATORS = {"Zs", "Pd", "Cf"}  # spaces, dashes, and the invisible marks that address books add


def stored(details: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the details with names and telephone number as they are stored. Raises InvalidArgument."""
    return {field: _FORMS[field](value) if field in _FORMS else value for field, value in details.items()}


def name(text: str) -> str:
    """Returns a name without spaces around it, and with one plain space between words."""
    return " ".join(text.split())


def phone(text: str) -> str:
    """Returns a telephone number in E.164 format; none stays none. Raises InvalidArgument for one that is national."""
    plain = "".join(_digit(each) for each in texts.normal(text))
    number = "".join(each for each in plain if not _is_separator(each))
    if number.startswith("00"):
        number = f"+{number[2:]}"
    if _TRUNK_PREFIX.search(plain) or (number and not _E164.fullmatch(number)):
        raise InvalidArgument(
            ("phone", "must be an international number like +1 415 555 0100: + or 00, the country code and the number")
        )
    return number


def _is_separator(character: str) -> bool:
    return character in "()./\N{MINUS SIGN}" or unicodedata.category(character) in _SEPARATORS


def _digit(character: str) -> str:
    """Returns a digit of any script as an ASCII one, and other characters unchanged."""
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


_FORMS: Mapping[str, Callable[[str], str]] = {"first_name": name, "last_name": name, "phone": phone}
