"""How large the page is when it is sent. That does not depend on the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from local import page

from . import bundles

pytestmark = pytest.mark.timeout(600)  # it may have to be built first


@pytest.fixture(scope="module")
def build() -> Path:
    return page.build()


def test_the_first_load_is_small(build: Path) -> None:
    size = bundles.first_load(build)
    assert size.gzip <= bundles.FIRST_GZIP_MAX, size
    assert size.br <= bundles.FIRST_BR_MAX, size


def test_what_is_loaded_later_is_small(build: Path) -> None:
    assert [size for size in bundles.lazy_loads(build) if size.gzip > bundles.LAZY_GZIP_MAX] == []


def test_every_file_that_the_page_names_is_there(build: Path) -> None:
    named = {file for size in (bundles.first_load(build), *bundles.lazy_loads(build)) for file in size.files}
    assert all((build / file).is_file() for file in named)
