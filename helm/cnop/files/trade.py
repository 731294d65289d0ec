"""Trades at the edge as a new user: registers, deposits, buys, and checks the cash to the cent (`helm test`).

trade.py URL [NAME [CA]]: with https, NAME is what the certificate must name, and CA the file of its authority. Needs
nothing but Python.
"""

import http.client
import json
import secrets
import socket
import ssl
import sys
import time
import urllib.parse
from decimal import Decimal
from pathlib import Path

DEPOSIT, QUANTITY, ASSET = Decimal("10000.00"), "0.05", "BTC"
READY_SECONDS_MAX, ORDER_SECONDS_MAX = 120, 30


class Edge:
    """A client of the REST API."""

    def __init__(self, url, name="", authority=""):
        self.url, self.token = urllib.parse.urlsplit(url), ""
        self.name = name or self.url.hostname
        self.tls = None
        if self.url.scheme == "https":
            is_known = authority and Path(authority).is_file()
            self.tls = ssl.create_default_context(cafile=authority if is_known else None)

    def call(self, method, path, body=None):
        """Returns the status and the answer."""
        headers = {"content-type": "application/json", "host": self.name}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=15)
        try:
            connection.connect()
            if self.tls is not None:
                connection.sock = self.tls.wrap_socket(connection.sock, server_hostname=self.name)
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def must(self, method, path, body=None):
        """Returns the answer of a call, from JSON. Exits if the call fails."""
        status, content = self.call(method, path, body)
        if status != 200:
            sys.exit(f"{method} {path} failed with {status}: {content.decode(errors='replace')}")
        print(f"{method} {path}: ok", flush=True)
        return json.loads(content)


def wait(edge):
    """Waits until the edge says that all services are healthy."""
    end = time.monotonic() + READY_SECONDS_MAX
    while True:
        try:
            status, _ = edge.call("GET", "/health")
            said = f"/health is {status}"
        except (OSError, socket.gaierror, http.client.HTTPException) as error:
            status, said = 0, str(error)
        if status == 200:
            return
        if time.monotonic() > end:
            sys.exit(f"the edge was not healthy within {READY_SECONDS_MAX} s: {said}")
        print(f"waiting for the edge: {said}", flush=True)
        time.sleep(2)


def sign_in(edge):
    name, password = f"test_{secrets.token_hex(6)}", secrets.token_urlsafe(16)
    user = {
        "username": name, "email": f"{name}@example.com", "password": password,
        "first_name": "Helm", "last_name": "Test",
    }  # fmt: skip
    edge.must("POST", "/api/v1/auth/register", user)
    edge.token = edge.must("POST", "/api/v1/auth/login", {"username": name, "password": password})["access_token"]


def buy(edge):
    """Returns a completed order."""
    order = {"side": "BUY", "asset_id": ASSET, "quantity": QUANTITY, "request_id": secrets.token_hex(8)}
    answer = edge.must("POST", "/api/v1/orders", order)
    end = time.monotonic() + ORDER_SECONDS_MAX
    while answer["status"] == "PENDING" and time.monotonic() < end:
        time.sleep(1)
        answer = edge.must("GET", f"/api/v1/orders/{answer['order_id']}")
    if answer["status"] != "COMPLETED":
        sys.exit(f"the order is {answer['status']} {answer.get('failure_reason', '')}")
    return answer


def main():
    edge = Edge(*sys.argv[1:])
    wait(edge)
    sign_in(edge)
    edge.must("POST", "/api/v1/balance/deposit", {"amount": str(DEPOSIT), "request_id": secrets.token_hex(8)})
    paid = Decimal(buy(edge)["total_amount"])
    expected = DEPOSIT - paid
    found = Decimal(edge.must("GET", "/api/v1/balance")["current_balance"])
    holding = Decimal(edge.must("GET", f"/api/v1/balance/asset/{ASSET}")["quantity"])
    if paid <= 0 or found != expected:
        sys.exit(f"the cash is {found}, expected {DEPOSIT} - {paid} = {expected}")
    if holding != Decimal(QUANTITY):
        sys.exit(f"the holding is {holding} {ASSET}, expected {QUANTITY}")
    print(f"{DEPOSIT} - {paid} = {found}, and {holding} {ASSET}: the books are right")


if __name__ == "__main__":
    main()
