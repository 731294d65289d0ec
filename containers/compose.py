"""Starts and stops the system of compose.yaml: python -m containers.compose up (make compose-up).

With Docker this is `docker compose up --detach`, and waiting. podman-compose does not wait for jobs to be done, so they
run one after the other before the services start.
"""

from __future__ import annotations

import argparse
import http.client
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from containers.tools import COMPOSERS, ROOT, MissingError, choose_composer

STORES = ("dynamodb", "valkey")
JOBS = ("bootstrap", "edge-config", "provision-user", "provision-inventory", "provision-order", "load-catalogue")
PROCESSES = ("user", "inventory", "order", "ratelimit", "edge", "edge-keep")
# What resolves the names of containers, by the network of podman, and where distributions have it.
_NAMES = {"netavark": "aardvark-dns", "cni": "dnsname"}
_PLUGIN_FOLDERS = tuple(
    Path(prefix, library, name)
    for prefix in ("/usr", "/usr/local", "/opt")
    for library, name in (("lib", "podman"), ("libexec", "podman"), ("lib", "cni"), ("libexec", "cni"), ("cni", "bin"))
)
READY_SECONDS = 300  # from the first command on: a busy machine takes seconds per container


def start_commands(composer: str) -> list[list[str]]:
    """Returns the commands that start the system."""
    if composer == "docker compose":
        return [["docker", "compose", "up", "--detach"]]
    return [
        ["podman-compose", "up", "--detach", "--no-deps", *STORES],
        *(["podman-compose", "run", "--rm", "--no-deps", "-T", job] for job in JOBS),
        ["podman-compose", "up", "--detach", "--no-deps", *PROCESSES],
    ]


def up(composer: str) -> None:
    """Starts the system and waits until the edge is ready. Raises MissingError if it does not become so."""
    begin = time.monotonic()
    if composer == "podman-compose":
        check_names(_podman_network())
    for command in start_commands(composer):
        print(" ".join(command), flush=True)
        subprocess.run(command, cwd=ROOT, check=True)
    edge = f"localhost:{os.environ.get('CNOP_EDGE_PORT', '8080')}"
    print(f"waiting for http://{edge}/health", end="", flush=True)
    while not _is_ready(edge):
        if time.monotonic() - begin > READY_SECONDS:
            print(flush=True)
            subprocess.run([*composer.split(), "logs", "--tail", "5"], cwd=ROOT, check=False)
            raise MissingError(f"the edge is not ready after {READY_SECONDS} s; see the newest lines of the logs above")
        print(".", end="", flush=True)
        time.sleep(1)
    print(f"\nready after {time.monotonic() - begin:.0f} s: http://{edge}/docs", flush=True)


def check_names(network: str, folders: Sequence[Path] = _PLUGIN_FOLDERS) -> None:
    """Raises MissingError if podman lacks the program with which its network resolves the names of containers."""
    program = _NAMES[network]
    if not any((folder / program).exists() for folder in folders):
        raise MissingError(
            f"podman's network ({network}) does not resolve the names of containers without {program}: "
            'apt-get install netavark aardvark-dns, and set network_backend = "netavark" in the section [network] of '
            "/etc/containers/containers.conf"
        )


def _podman_network() -> str:
    command = ("podman", "info", "--format", "{{.Host.NetworkBackend}}")
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def down(composer: str) -> None:
    """Stops the system and removes its containers and volumes: the secrets too."""
    subprocess.run([*composer.split(), "down", "--volumes"], cwd=ROOT, check=True)


def _is_ready(edge: str) -> bool:
    connection = http.client.HTTPConnection(edge, timeout=2)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m containers.compose", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=["up", "down"])
    parser.add_argument("--tool", default="", help=f"one of {', '.join(COMPOSERS)} (default: the first that works)")
    options = parser.parse_args()
    try:
        composer = choose_composer(options.tool)
        (up if options.command == "up" else down)(composer)
    except MissingError as error:
        sys.exit(f"make compose-{options.command}: {error}")
    except subprocess.CalledProcessError as error:
        sys.exit(f"make compose-{options.command}: {' '.join(error.cmd)} failed, see above")


if __name__ == "__main__":
    main()
