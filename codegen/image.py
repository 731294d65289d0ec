"""Compiles the contracts to an image: a descriptor set that everything else is generated from.

Imported protos (google.api, google.rpc, buf.validate) come as descriptors from the installed packages. So nothing is
fetched, and the validation rules are those of the validator at run time.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from google.api import annotations_pb2, field_behavior_pb2, http_pb2, httpbody_pb2
from google.protobuf import any_pb2, descriptor_pb2, duration_pb2, empty_pb2, field_mask_pb2, timestamp_pb2
from google.rpc import error_details_pb2, status_pb2
from grpc_tools import protoc
from protovalidate._gen.buf.validate import validate_pb

from codegen.errors import CodegenError
from codegen.paths import ROOT

# google/rpc: Envoy renders error details as JSON only if it knows their types.
EXTRA_FILES = ["google/rpc/status.proto", "google/rpc/error_details.proto", "buf/validate/validate.proto"]


def imported_descriptors() -> descriptor_pb2.FileDescriptorSet:
    """Returns the descriptors of the files that the contracts import."""
    modules = (
        descriptor_pb2, any_pb2, duration_pb2, empty_pb2, field_mask_pb2, timestamp_pb2, http_pb2, annotations_pb2,
        field_behavior_pb2, httpbody_pb2, status_pb2, error_details_pb2,
    )  # fmt: skip
    files = [descriptor_pb2.FileDescriptorProto.FromString(module.DESCRIPTOR.serialized_pb) for module in modules]
    files.append(descriptor_pb2.FileDescriptorProto.FromString(validate_pb.desc().proto.to_binary()))
    return descriptor_pb2.FileDescriptorSet(file=files)


def compile_image(image: Path, protos: Path = ROOT / "proto", *, with_comments: bool = False) -> None:
    """Writes the image of all contracts in `protos` to `image`. Raises CodegenError if they do not compile."""
    sources = sorted(str(path.relative_to(protos)) for path in protos.rglob("*.proto"))
    with tempfile.NamedTemporaryFile(suffix=".binpb") as imports:
        imports.write(imported_descriptors().SerializeToString())
        imports.flush()
        arguments = [
            f"--descriptor_set_in={imports.name}", f"--proto_path={protos}", f"--descriptor_set_out={image}",
            "--include_imports", *(["--include_source_info"] if with_comments else []), *sources, *EXTRA_FILES,
        ]  # fmt: skip
        if protoc.main(["protoc", *arguments]) != 0:
            raise CodegenError("the contracts do not compile")
