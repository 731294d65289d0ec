"""Every example matches its schema. tests/e2e/test_openapi_examples.py checks that each example request succeeds."""

from __future__ import annotations

import pytest
from google.protobuf import api_pb2, descriptor_pb2, empty_pb2, type_pb2

from codegen.errors import CodegenError
from codegen.openapi import examples
from codegen.openapi.examples import table
from codegen.paths import DESCRIPTORS
from tests.e2e.openapi import DOCUMENT, OPERATIONS, Operation, mismatch

ALL = list(OPERATIONS.values())


@pytest.mark.parametrize("operation", ALL, ids=str)
def test_the_examples_of_an_operation_match_their_schemas(operation: Operation) -> None:
    for content in operation.spec.get("requestBody", {}).get("content", {}).values():
        assert not mismatch(content["schema"], content["example"])
    for parameter in operation.spec.get("parameters", []):
        if "example" in parameter:
            assert not mismatch(parameter["schema"], parameter["example"])
        else:
            assert not parameter.get("required")
    for content in operation.spec["responses"]["200"]["content"].values():
        examples = [content["example"]] if "example" in content else content["schema"]["examples"]
        assert examples
        for example in examples:
            assert not mismatch(content["schema"], example)


def test_the_example_of_a_response_has_every_field() -> None:
    for name, schema in DOCUMENT["components"]["schemas"].items():
        if not name.endswith("Request") and name in table():
            scalars = {field for field, value in schema.get("properties", {}).items() if _is_scalar(value)}
            assert scalars <= table()[name].keys(), name


def test_every_example_belongs_to_an_existing_message() -> None:
    image = descriptor_pb2.FileDescriptorSet.FromString(DESCRIPTORS.read_bytes())
    messages = {
        f"{file.package}.{name}".removeprefix(f"{file.package}." if file.package.startswith("cnop.") else "")
        for file in image.file
        for message in file.message_type
        for name in (message.name, *(f"{message.name}.{nested.name}" for nested in message.nested_type))
    }
    assert table().keys() <= messages


def test_messages_without_an_example_are_named_in_one_sentence() -> None:
    with pytest.raises(
        CodegenError,
        match=r"^codegen/openapi/examples\.toml needs an example of google\.protobuf\.Api, google\.protobuf\.Type$",
    ):
        examples.check([type_pb2.Type.DESCRIPTOR, api_pb2.Api.DESCRIPTOR, empty_pb2.Empty.DESCRIPTOR])


def _is_scalar(schema: dict[str, object]) -> bool:
    return schema.get("type") not in (None, "array", "object")
