"""gen/api.md lists every method."""

from __future__ import annotations

import re

from google.protobuf import descriptor_pb2

from codegen.paths import DESCRIPTORS, ROOT

LIST = (ROOT / "gen" / "api.md").read_text()


def test_every_method_is_listed_under_its_service() -> None:
    image = descriptor_pb2.FileDescriptorSet.FromString(DESCRIPTORS.read_bytes())
    declared = {
        f"{file.package}.{service.name}": [method.name for method in service.method]
        for file in image.file
        if file.package.startswith("cnop.")
        for service in file.service
    }
    listed = {
        section.partition("\n")[0]: re.findall(r"^\| ([A-Z]\w+) \|", section, re.MULTILINE)
        for section in LIST.split("\n## ")[1:]
    }
    assert sum(map(len, declared.values())) > 40
    assert listed == declared
