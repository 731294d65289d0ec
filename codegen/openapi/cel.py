"""The part of a JSON Schema that a rule in CEL amounts to, for the few forms that our rules have."""

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


class UntoldError(Exception):
    """A rule says what this module does not know how to tell."""


def schema(expression: str) -> Json:
    """What `expression` says of the string, or number, `this`.

    The key "in" holds the numbers that may be taken. Raises UntoldError for anything but the forms that our rules have:
    a document may say less than the contract, but nothing else.
    """
    parser = _Parser(expression)
    told = parser.either()
    if parser.tokens[parser.at :]:
        raise UntoldError(expression)
    return told


class _Parser:
    """Reads an expression from left to right. `this` and what belongs to it is the left side of each comparison."""

    def __init__(self, expression: str) -> None:
        self.tokens: list[str] = []
        self.at = 0
        end = 0
        while end < len(expression.rstrip()):
            found = _TOKEN.match(expression, end)
            if not found:
                raise UntoldError(expression)
            self.tokens.append(found[0].strip())
            end = found.end()

    def either(self) -> Json:
        told = self.both()
        while self._takes("||"):
            told = _or(told, self.both())
        return told

    def both(self) -> Json:
        told = self.one()
        while self._takes("&&"):
            told = merged(told, self.one())
        return told

    def one(self) -> Json:
        if self._takes("!"):
            return _not(self.one())
        if self._takes("("):
            told = self.either()
            self._must(")")
            return told
        if self._takes("bytes", "(", "this", ")", ".", "size", "(", ")", "<="):
            return {"maxLength": int(self._next())}  # a character is at least one byte
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
            told = {"pattern": self._text()}
        elif function == "contains":
            told = {"pattern": re.escape(self._text())}
        elif function == "size":
            self._must(")")
            bound = {">=": "minLength", "<=": "maxLength"}.get(self._next())
            if bound is None:
                raise UntoldError(function)
            return {bound: int(self._next())}
        else:
            raise UntoldError(function)
        self._must(")")
        return told

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
            raise UntoldError(token)
        return _ESCAPE.sub(lambda one: chr(int(one[1] or one[2], 16)) if one[1] or one[2] else one[3], token[1:-1])

    def _next(self) -> str:
        if self.at == len(self.tokens):
            raise UntoldError("it ends too soon")
        self.at += 1
        return self.tokens[self.at - 1]

    def _takes(self, *tokens: str) -> bool:
        if self.tokens[self.at : self.at + len(tokens)] != list(tokens):
            return False
        self.at += len(tokens)
        return True

    def _must(self, token: str) -> None:
        if not self._takes(token):
            raise UntoldError(f"{token} is missing at {self.tokens[self.at :]}")


def merged(one: Json, other: Json) -> Json:
    """What holds when both do."""
    told = {**one, **other}
    if "pattern" in one and "pattern" in other:
        told["pattern"] = _both_patterns(one["pattern"], other["pattern"])
    for bound, choose in (("minLength", max), ("maxLength", min)):
        if bound in one and bound in other:
            told[bound] = choose(one[bound], other[bound])
    return told


def _both_patterns(pattern: str, other: str) -> str:
    """One pattern for two. What is asked besides stands in front as what must not follow: generators of examples
    understand that, and not what must.
    """
    if not pattern.startswith("^") or "|^" in pattern:
        pattern, other = other, pattern
    if not pattern.startswith("^") or "|^" in pattern:
        raise UntoldError(pattern)
    one_class = _ONE_CLASS.fullmatch(other)
    if one_class:
        return f"^(?![^{one_class[1]}]*$){pattern[1:]}"
    if other.startswith("^(?!"):
        return other + pattern[1:]
    raise UntoldError(other)


def _or(one: Json, other: Json) -> Json:
    if set(one) == set(other) == {"pattern"}:
        return {"pattern": f"{one['pattern']}|{other['pattern']}"}
    raise UntoldError(f"{one} or {other}")


def _not(one: Json) -> Json:
    if set(one) != {"pattern"}:
        raise UntoldError(f"not {one}")
    pattern = one["pattern"]
    return {"pattern": f"^(?!{pattern[1:]})" if pattern.startswith("^") else f"^(?!{_ANYTHING}{pattern})"}
