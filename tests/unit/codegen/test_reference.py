"""The reference says everything that the contracts declare, and its links lead somewhere."""

from __future__ import annotations

import re

from google.protobuf import descriptor_pb2

from local.paths import DESCRIPTORS, ROOT

PAGE = (ROOT / "gen" / "reference.html").read_text()
ANCHORS = re.findall(r' id="([^"]+)"', PAGE)


def test_every_link_has_its_one_anchor() -> None:
    links = set(re.findall(r'href="#([^"]+)"', PAGE))
    assert links
    assert links <= set(ANCHORS)
    assert len(ANCHORS) == len(set(ANCHORS))


def test_every_method_and_message_of_a_service_is_there() -> None:
    image = descriptor_pb2.FileDescriptorSet.FromString(DESCRIPTORS.read_bytes())
    names = {
        f"{file.package}.{service.name}.{method.name}"
        for file in image.file
        if file.package.startswith("cnop.") and file.package != "cnop.ratelimit.v3"
        for service in file.service
        for method in service.method
    }
    assert len(names) > 40
    assert names <= set(ANCHORS)


def test_the_page_needs_nothing_from_elsewhere() -> None:
    assert "http://" not in PAGE
    assert not re.search(r"<(script|link|img|iframe)\b", PAGE)


def test_the_rules_of_a_field_are_said_with_it() -> None:
    request = PAGE.partition('id="cnop.order.v1.CreateOrderRequest"')[2].partition("<h4")[0]
    assert "must be BUY or SELL" in request
    assert "must be 1 to 64 characters" in request
