"""Translates CEL expressions to JSON Schema, for the few forms that the validation rules use."""

from __future__ import annotations

import re
from typing import Any

Json = dict[str, Any]

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?P<number>-?\d+)|(?P<word>\w+)"""
    r"""|(?P<mark>&&|\|\||==|>=|<=|[!().,\[\]]))"""
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ONE_CLASS = re.compile(r"\[([^\[\]^\\]+)\]")
_ANYTHING = r"[\s\S]*"
LOOKS_AHEAD = "looks ahead"  # a key beside a pattern that takes no characters, so that another one can follow it


class UnsupportedError(Exception):
    """The expression has a form that cannot be translated."""


def schema(expression: str) -> Json:
    """Returns what `expression` requires of `this`, a string or a number.

    The key "in" lists the allowed numbers; LOOKS_AHEAD is for `merged` alone. Raises UnsupportedError for any other
    form: the document may say less than the contract, but must not contradict it.
    """
    parser = _Parser(expression)
    keywords = parser.either()
    if parser.tokens[parser.at :]:
        raise UnsupportedError(expression)
    return keywords


class _Parser:
    """A recursive descent parser. `this`, or a call on it, is the left side of each comparison."""

    def __init__(self, expression: str) -> None:
        self.tokens: list[str] = []
        self.at = 0
        end = 0
        while end < len(expression.rstrip()):
            found = _TOKEN.match(expression, end)
            if not found:
                raise UnsupportedError(expression)
            self.tokens.append(found[0].strip())
            end = found.end()

    def either(self) -> Json:
        keywords = self.both()
        while self._takes("||"):
            keywords = _or(keywords, self.both())
        return keywords

    def both(self) -> Json:
        keywords = self.one()
        while self._takes("&&"):
            keywords = merged(keywords, self.one())
        return keywords

    def one(self) -> Json:
        if self._takes("!"):
            return _not(self.one())
        if self._takes("("):
            keywords = self.either()
            self._must(")")
            return keywords
        if self._takes("bytes", "(", "this", ")", ".", "size", "(", ")", "<="):
            return {"maxLength": int(self._next())}  # a character has at least one byte
        return self._about_this()

    def _about_this(self) -> Json:
        self._must("this")
        if self._takes("=="):
            return {"pattern": f"^{re.escape(self._text())}$"}
        if self._takes("in"):
            return {"in": self._numbers()}
        self._must(".")
        return self._call(self._next())

    def _call(self, function: str) -> Json:
        self._must("(")
        if function == "matches":
            keywords = {"pattern": self._text()}
        elif function == "contains":
            keywords = {"pattern": re.escape(self._text())}
        elif function == "size":
            self._must(")")
            bound = {">=": "minLength", "<=": "maxLength"}.get(self._next())
            if bound is None:
                raise UnsupportedError(function)
            return {bound: int(self._next())}
        else:
            raise UnsupportedError(function)
        self._must(")")
        return keywords

    def _numbers(self) -> list[int]:
        self._must("[")
        numbers = [int(self._next())]
        while self._takes(","):
            numbers.append(int(self._next()))
        self._must("]")
        return numbers

    def _text(self) -> str:
        token = self._next()
        if token[:1] not in ("'", '"'):
            raise UnsupportedError(token)
        return _ESCAPE.sub(lambda one: chr(int(one[1] or one[2], 16)) if one[1] or one[2] else one[3], token[1:-1])

    def _next(self) -> str:
        if self.at == len(self.tokens):
            raise UnsupportedError("unexpected end")
        self.at += 1
        return self.tokens[self.at - 1]

    def _takes(self, *tokens: str) -> bool:
        if self.tokens[self.at : self.at + len(tokens)] != list(tokens):
            return False
        self.at += len(tokens)
        return True

    def _must(self, token: str) -> None:
        if not self._takes(token):
            raise UnsupportedError(f"expected {token} at {self.tokens[self.at :]}")


def merged(one: Json, other: Json) -> Json:
    """Returns the conjunction of two schemas."""
    keywords = {**one, **other}
    if "pattern" in one and "pattern" in other:
        keywords.pop(LOOKS_AHEAD, None)
        keywords |= _pattern(_both_patterns(one, other), LOOKS_AHEAD in one and LOOKS_AHEAD in other)
    for bound, choose in (("minLength", max), ("maxLength", min)):
        if bound in one and bound in other:
            keywords[bound] = choose(one[bound], other[bound])
    return keywords


def _both_patterns(one: Json, other: Json) -> str:
    """Returns the conjunction of two patterns.

    The second becomes a negative lookahead before the first: generators of examples support no positive lookahead.
    """
    if not one["pattern"].startswith("^") or LOOKS_AHEAD in one:
        one, other = other, one
    pattern, added = one["pattern"], other["pattern"]
    if not pattern.startswith("^") or "|^" in pattern:
        raise UnsupportedError(pattern)
    one_class = _ONE_CLASS.fullmatch(added)
    if one_class:
        return f"^(?![^{one_class[1]}]*$){pattern[1:]}"
    if LOOKS_AHEAD in other:
        return str(added + pattern[1:])
    raise UnsupportedError(added)


def _pattern(pattern: str, looks_ahead: bool) -> Json:
    return {"pattern": pattern, **({LOOKS_AHEAD: True} if looks_ahead else {})}


def _or(one: Json, other: Json) -> Json:
    if {*one, *other} - {LOOKS_AHEAD} != {"pattern"} or not ("pattern" in one and "pattern" in other):
        raise UnsupportedError(f"{one} or {other}")
    pattern = _either_pattern(one["pattern"], other["pattern"])
    return _pattern(pattern, LOOKS_AHEAD in one and LOOKS_AHEAD in other)


def _either_pattern(pattern: str, other: str) -> str:
    """Returns the disjunction of two patterns, as one that others can be joined to."""
    if pattern.startswith("^") and other.startswith("^"):
        return f"^(?:{pattern[1:]}|{other[1:]})"
    if pattern.startswith("^") or other.startswith("^"):
        raise UnsupportedError(f"{pattern} or {other}")
    return f"{pattern}|{other}"


def _not(one: Json) -> Json:
    if set(one) - {LOOKS_AHEAD} != {"pattern"}:
        raise UnsupportedError(f"not {one}")
    pattern = f"(?:{one['pattern']})" if "|" in one["pattern"] else one["pattern"]
    refused = pattern[1:] if pattern.startswith("^") else _ANYTHING + pattern
    return _pattern(f"^(?!{refused})", looks_ahead=True)
