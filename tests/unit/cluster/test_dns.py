"""The DNS of the test cluster."""

from __future__ import annotations

import socket
import struct
from typing import Any

from tests.cluster import dns

KNOWN = {"cnop-user.cnop.svc.cluster.local": ["10.244.0.7", "10.244.0.8"]}
A, AAAA = 1, 28


def query(name: str, kind: int = A) -> bytes:
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    return struct.pack("!6H", 7, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack("!2H", kind, 1)


def addresses(answer: bytes) -> list[str]:
    count = struct.unpack_from("!6H", answer)[3]
    records = answer[len(answer) - 16 * count :]
    return [socket.inet_ntoa(records[16 * number + 12 : 16 * number + 16]) for number in range(count)]


def code(answer: bytes) -> int:
    return int(struct.unpack_from("!6H", answer)[1]) & 0xF


def service(name: str, address: str) -> dict[str, Any]:
    return {"metadata": {"name": name, "namespace": "cnop"}, "spec": {"clusterIP": address}}


def endpoints(name: str, *pods: tuple[str, bool]) -> dict[str, Any]:
    return {
        "metadata": {"namespace": "cnop", "labels": {"kubernetes.io/service-name": name}},
        "addressType": "IPv4",
        "endpoints": [{"addresses": [address], "conditions": {"ready": ready}} for address, ready in pods],
    }


def test_a_name_has_all_its_addresses() -> None:
    answer = dns.answer(query("cnop-user.cnop.svc.cluster.local"), KNOWN)
    assert addresses(answer) == ["10.244.0.7", "10.244.0.8"]
    assert code(answer) == 0
    assert answer[:2] == query("x")[:2]


def test_names_are_compared_without_case() -> None:
    assert addresses(dns.answer(query("CNOP-user.cnop.svc.Cluster.local"), KNOWN))


def test_a_known_name_has_no_addresses_of_another_kind_but_exists() -> None:
    answer = dns.answer(query("cnop-user.cnop.svc.cluster.local", AAAA), KNOWN)
    assert addresses(answer) == []
    assert code(answer) == 0


def test_an_unknown_name_does_not_exist() -> None:
    assert code(dns.answer(query("example.com"), KNOWN)) == 3


def test_a_headless_service_has_its_ready_pods_and_another_one_its_own_address() -> None:
    found = dns.names(
        [service("user", "None"), service("edge", "10.96.0.9")],
        [endpoints("user", ("10.244.0.7", True), ("10.244.0.8", False)), endpoints("edge", ("10.244.0.9", True))],
    )
    assert found == {"user.cnop.svc.cluster.local": ["10.244.0.7"], "edge.cnop.svc.cluster.local": ["10.96.0.9"]}
