"""Validation rules, predefined ones included, become keywords of a JSON schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from google.protobuf import descriptor_pb2

from codegen.image import compile_image
from codegen.openapi.contract import Contract
from codegen.openapi.rules import messages
from codegen.openapi.schemas import Schemas

PREDEFINED = """
syntax = "proto2";
package cnop.rules.v1;
import "buf/validate/validate.proto";

extend buf.validate.StringRules {
  optional bool shout = 1001 [(buf.validate.predefined).cel = {
    id: "shout" message: "must be loud" expression: "!rule || this.matches('^[A-Z]{1,9}$')"
  }];
  optional bool letters = 1002 [(buf.validate.predefined).cel = {
    id: "letters" message: "must be letters" expression: "this.matches('^[a-z]+$')"
  }];
}
"""
PROTO = """
syntax = "proto3";
package cnop.rules.v1;
import "buf/validate/validate.proto";
import "predefined.proto";

message Request {
  string plain = 1 [(buf.validate.field).string = {min_len: 1 max_len: 9}];
  string id = 2 [(buf.validate.field).string.uuid = true];
  int32 size = 3 [(buf.validate.field).int32 = {gte: 0 lt: 200}];
  int64 large = 4;
  repeated string names = 5 [(buf.validate.field).repeated = {max_items: 3 items: {string: {max_len: 4}}}];
  string kind = 6 [(buf.validate.field).string = {in: ["a", "b"]}];
  string predefined = 7 [(buf.validate.field).string.(letters) = true];
  string inexpressible = 8 [(buf.validate.field).string.(shout) = true];
  string secret = 9 [debug_redact = true, (buf.validate.field).string.max_bytes = 72];
  map<string, string> facts = 10;
}
"""


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Contract:
    folder: Path = tmp_path_factory.mktemp("proto")
    (folder / "predefined.proto").write_text(PREDEFINED)
    (folder / "rules.proto").write_text(PROTO)
    image = folder / "image.binpb"
    compile_image(image, folder)
    return Contract(descriptor_pb2.FileDescriptorSet.FromString(image.read_bytes()))


@pytest.mark.parametrize(
    ("field", "keywords"),
    [
        ("plain", {"type": "string", "minLength": 1, "maxLength": 9}),
        ("id", {"type": "string", "format": "uuid"}),
        ("size", {"minimum": 0, "exclusiveMaximum": 200}),
        ("large", {"type": "string", "format": "int64"}),
        ("names", {"type": "array", "maxItems": 3, "items": {"type": "string", "maxLength": 4}}),
        ("kind", {"type": "string", "enum": ["a", "b"]}),
        ("predefined", {"type": "string", "pattern": "^[a-z]+$"}),
        ("inexpressible", {"type": "string"}),
        ("secret", {"type": "string", "maxLength": 72, "format": "password"}),
        ("facts", {"type": "object", "additionalProperties": {"type": "string"}}),
    ],
)
def test_the_rules_of_a_field_become_keywords_of_its_schema(
    contract: Contract, field: str, keywords: dict[str, Any]
) -> None:
    descriptor = contract.message("cnop.rules.v1.Request").fields_by_name[field]
    schema = Schemas(contract).field_of_request(descriptor)
    assert schema.items() >= keywords.items()


def test_the_message_of_a_predefined_rule_is_kept_even_if_no_keyword_expresses_it(contract: Contract) -> None:
    descriptor = contract.message("cnop.rules.v1.Request").fields_by_name["inexpressible"]
    assert messages(contract, descriptor) == ["must be loud"]
