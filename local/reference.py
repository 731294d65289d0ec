"""The list of all methods, as Markdown, from the image of the contracts."""

from __future__ import annotations

from collections.abc import Iterator

from cnop.access.v1 import access_pb2
from google.api import annotations_pb2, http_pb2
from google.protobuf import descriptor_pb2

_SERVICE, _METHOD = 6, 2  # field numbers in FileDescriptorProto and ServiceDescriptorProto, which make up paths

_HEAD = """# The API

Made by `make gen` from the contracts in proto/, which say more: every field, its bounds, the errors of each method.
"""


def render(image: descriptor_pb2.FileDescriptorSet) -> str:
    """A table for each service of ours, in the order of the files."""
    parts = [_HEAD]
    for file in image.file:
        if file.package.startswith("cnop."):
            comments = {tuple(place.path): place.leading_comments for place in file.source_code_info.location}
            for at, service in enumerate(file.service):
                parts.append("\n".join(_section(file.package, at, service, comments)))
    return "\n".join(parts)


def _section(
    package: str, at: int, service: descriptor_pb2.ServiceDescriptorProto, comments: dict[tuple[int, ...], str]
) -> Iterator[str]:
    yield f"## {package}.{service.name}\n\n{_plain(comments.get((_SERVICE, at), ''))}\n"
    yield "| method | REST | who | what |\n|---|---|---|---|"
    for number, method in enumerate(service.method):
        what = comments.get((_SERVICE, at, _METHOD, number), "")
        yield f"| {method.name} | {_rest(method)} | {_who(method)} | {_plain(what.partition(chr(10) * 2)[0])} |"
    yield ""


def _rest(method: descriptor_pb2.MethodDescriptorProto) -> str:
    rule = method.options.Extensions[annotations_pb2.http]
    return ", ".join(_binding(one) for one in (rule, *rule.additional_bindings) if one.WhichOneof("pattern")) or "no"


def _binding(rule: http_pb2.HttpRule) -> str:
    verb = rule.WhichOneof("pattern") or ""
    return f"`{verb.upper()} {getattr(rule, verb)}`"


def _who(method: descriptor_pb2.MethodDescriptorProto) -> str:
    policy = method.options.Extensions[access_pb2.policy]
    caller = access_pb2.Policy.Caller.Name(policy.caller).lower()
    return f"{caller}: {', '.join(policy.mesh_identities)}" if policy.mesh_identities else caller


def _plain(comment: str) -> str:
    return " ".join(line.strip() for line in comment.replace("\n \n", "\n\n").splitlines() if line.strip())
