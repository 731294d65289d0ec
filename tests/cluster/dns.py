"""The DNS of the cluster: answers for Services from the API, in place of CoreDNS: python -m tests.cluster.dns

A headless Service has the addresses of its ready pods, another one its own address. All other names do not exist.
"""

from __future__ import annotations

import json
import socket
import ssl
import struct
import threading
import time
import urllib.request
from collections.abc import Mapping
from typing import Any

from .paths import NODE_ADDRESS, PKI

_POLL_SECONDS = 0.5
_TTL_SECONDS = 1
_A, _IN = 1, 1
_ANSWER, _AUTHORITATIVE, _NO_SUCH_NAME = 0x8000, 0x0400, 3
_RECURSION_DESIRED = 0x0100
_DOMAIN = "svc.cluster.local"


def names(services: list[dict[str, Any]], slices: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Returns the addresses of every Service by its full name."""
    found: dict[str, list[str]] = {}
    for service in services:
        address = service["spec"].get("clusterIP", "None")
        found[_name(service["metadata"])] = [] if address in ("", "None") else [address]
    headless = {name for name, addresses in found.items() if not addresses}
    unready = {_name(one["metadata"]) for one in services if one["spec"].get("publishNotReadyAddresses")}
    for one in slices:
        name = f"{one['metadata']['labels'].get('kubernetes.io/service-name')}.{one['metadata']['namespace']}.{_DOMAIN}"
        if name in headless and one["addressType"] == "IPv4":
            for endpoint in one.get("endpoints") or []:
                if endpoint["conditions"].get("ready") or name in unready:
                    found[name] += endpoint["addresses"]
    return found


def _name(metadata: Mapping[str, Any]) -> str:
    return f"{metadata['name']}.{metadata['namespace']}.{_DOMAIN}"


def answer(query: bytes, known: Mapping[str, list[str]]) -> bytes:
    """Returns the answer to a query with one question."""
    number, flags, questions = struct.unpack_from("!HHH", query)
    if questions != 1 or flags & _ANSWER:
        raise ValueError("not one question")
    labels, at = [], 12
    while query[at]:
        labels.append(query[at + 1 : at + 1 + query[at]].decode("ascii").lower())
        at += 1 + query[at]
    kind, group = struct.unpack_from("!HH", query, at + 1)
    question = query[12 : at + 5]
    addresses = known.get(".".join(labels))
    wanted = addresses if addresses and (kind, group) == (_A, _IN) else []
    code = _NO_SUCH_NAME if addresses is None else 0
    head = struct.pack(
        "!HHHHHH", number, _ANSWER | _AUTHORITATIVE | flags & _RECURSION_DESIRED | code, 1, len(wanted), 0, 0
    )
    record = struct.pack("!HHHIH", 0xC00C, _A, _IN, _TTL_SECONDS, 4)  # 0xC00C: the name of the question
    return head + question + b"".join(record + socket.inet_aton(address) for address in wanted)


class Names:
    """The names that are known now."""

    def __init__(self) -> None:
        self.known: Mapping[str, list[str]] = {}
        self._tls = ssl.create_default_context(cafile=str(PKI / "ca.crt"))
        self._tls.load_cert_chain(PKI / "admin.crt", PKI / "admin.key")

    def follow(self) -> None:
        """Asks the API again and again, for as long as the program runs."""
        while True:
            try:
                self.known = names(
                    self._items("api/v1/services"), self._items("apis/discovery.k8s.io/v1/endpointslices")
                )
            except OSError as error:
                print(f"the API does not answer: {error}", flush=True)
            time.sleep(_POLL_SECONDS)

    def _items(self, path: str) -> list[dict[str, Any]]:
        url = f"https://{NODE_ADDRESS}:6443/{path}"
        with urllib.request.urlopen(url, context=self._tls, timeout=10) as response:
            found: list[dict[str, Any]] = json.load(response)["items"]
            return found


def main() -> None:
    current = Names()
    threading.Thread(target=current.follow, daemon=True).start()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((NODE_ADDRESS, 53))
        while True:
            query, peer = server.recvfrom(4096)
            try:
                server.sendto(answer(query, current.known), peer)
            except (ValueError, IndexError, struct.error) as error:
                print(f"a query from {peer[0]} is malformed: {error}", flush=True)


if __name__ == "__main__":
    main()
