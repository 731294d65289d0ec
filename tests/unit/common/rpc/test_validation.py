"""What is done to a request before it is served, and what the errors of its fields say."""

from __future__ import annotations

import uuid

import pytest
from cnop.inventory.v1 import inventory_service_pb2
from cnop.order.v1 import order_admin_service_pb2, order_service_pb2
from cnop.user.v1 import account_service_pb2, audit_admin_service_pb2, audit_log_service_pb2
from google.protobuf.descriptor import FieldDescriptor

from services.common.rpc import validation
from services.common.rpc.errors import InvalidArgument
from tests.e2e.contract import METHODS

STORED = "7db51c22-d5e3-5f51-890d-8bb1ea6ea4d5"


def test_ids_in_upper_case_are_written_as_they_are_stored() -> None:
    release = order_admin_service_pb2.ReleaseOrderRequest(
        order_id=STORED.upper(), user_id=STORED.upper(), request_id="First-Release"
    )
    validation.write_ids_as_stored(release)
    assert (release.order_id, release.user_id, release.request_id) == (STORED, STORED, "First-Release")
    order = order_service_pb2.GetOrderRequest(order_id=STORED.upper())
    validation.write_ids_as_stored(order)
    assert order.order_id == STORED
    events = audit_admin_service_pb2.ListAuditEventsRequest(actor_id="operator")
    validation.write_ids_as_stored(events)
    assert (events.actor_id, events.user_id) == ("operator", "")
    asset = inventory_service_pb2.GetAssetRequest(asset_id="BTC")
    validation.write_ids_as_stored(asset)
    assert asset.asset_id == "BTC"


def test_every_id_of_every_request_may_be_in_upper_case() -> None:
    kinds = {method.request for method in METHODS if method.request.file.package.startswith("cnop.")}
    ids = {
        field.name
        for kind in kinds
        for field in kind.fields
        if field.type == FieldDescriptor.TYPE_STRING and field.name.endswith("_id")
    }
    opaque = {"preview_id"}  # no UUID, so its case matters
    assert ids - opaque == {"asset_id", "request_id", "order_id", "user_id", "session_id", "actor_id", "event_id"}


def test_a_change_without_a_request_id_gets_one_and_a_look_up_does_not() -> None:
    deposit = account_service_pb2.DepositRequest(amount="1.00")
    made = validation.fill_request_id(deposit, [])
    assert made == deposit.request_id == str(uuid.UUID(made))
    assert validation.fill_request_id(account_service_pb2.DepositRequest(), ["mine"]) == "mine"
    look_up = order_service_pb2.GetOrderByRequestIdRequest()
    assert validation.fill_request_id(look_up, ["mine"]) == look_up.request_id == ""


def test_an_error_in_a_map_names_the_field_but_not_the_key_which_is_a_value() -> None:
    request = audit_log_service_pb2.RecordEventRequest(facts={"a secret Key": "x" * 5000})
    with pytest.raises(InvalidArgument) as refused:
        validation.validate(request)
    assert "facts[*]" in [field for field, _ in refused.value.violations]
    assert "secret" not in refused.value.message


@pytest.mark.parametrize("body", [b"\xff", b"\x0a\x02\xc3\x28", b"\x0a\xff"])
def test_what_is_no_message_of_the_method_is_refused_in_words(body: bytes) -> None:
    with pytest.raises(InvalidArgument) as refused:
        validation.parse(account_service_pb2.DepositRequest.FromString, body)
    assert list(refused.value.violations) == [
        ("", "the request is not a valid message of this method, or contains text that is not UTF-8")
    ]


def test_a_given_request_id_stays_and_a_message_without_the_field_gets_none() -> None:
    deposit = account_service_pb2.DepositRequest(request_id="mine")
    assert validation.fill_request_id(deposit, []) == "mine" == deposit.request_id
    assert validation.fill_request_id(account_service_pb2.GetBalanceRequest(), ["mine"]) == ""


def test_each_broken_rule_names_its_field_and_a_request_within_the_rules_passes() -> None:
    validation.validate(account_service_pb2.DepositRequest(amount="1.00", request_id="r-1"))
    with pytest.raises(InvalidArgument) as refused:
        validation.validate(account_service_pb2.DepositRequest(amount="-1", request_id="x" * 300))
    assert [field for field, _ in refused.value.violations] == ["amount", "request_id"]
    assert all(text for _, text in refused.value.violations)


@pytest.mark.parametrize("depth", [1, 9, 50])
def test_unknown_fields_that_the_validator_cannot_read_do_no_harm(depth: int) -> None:
    """Protobuf keeps an unknown group as it came; the validator reads the whole message again, and more strictly."""
    start, end = b"\xbb\x3e", b"\xbc\x3e"  # of the unknown group 999, which here holds a field with the number 0
    known = order_service_pb2.ListOrdersRequest(page_size=20).SerializeToString()
    body = known + start * depth + b"\x00\x3e" + end * depth
    request = validation.parse(order_service_pb2.ListOrdersRequest.FromString, body)
    validation.validate(request)
    assert request == order_service_pb2.ListOrdersRequest(page_size=20)
