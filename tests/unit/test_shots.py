"""Which pictures of pages become those of README.md."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.web.__main__ import IMAGES, renew_images
from tests.web.packages import MissingError

_BEGAN_AT = 1_000_000.0


@pytest.fixture
def images(tmp_path: Path) -> Path:
    images = tmp_path / "images"
    images.mkdir()
    return images


def take(shots: Path, name: str, taken_at: float) -> None:
    (shots / name).write_text("new")
    os.utime(shots / name, (taken_at, taken_at))


def test_pictures_of_this_run_are_copied(tmp_path: Path, images: Path) -> None:
    for shot in IMAGES.values():
        take(tmp_path, shot, _BEGAN_AT + 1)
    renew_images(tmp_path, images, _BEGAN_AT)
    assert {path.name for path in images.iterdir()} == set(IMAGES)


@pytest.mark.parametrize("is_there", [True, False])
def test_one_that_this_run_did_not_take_is_named_and_none_is_copied(
    tmp_path: Path, images: Path, is_there: bool
) -> None:
    taken, left_out = IMAGES.values()
    take(tmp_path, taken, _BEGAN_AT + 1)
    if is_there:
        take(tmp_path, left_out, _BEGAN_AT - 1)
    with pytest.raises(MissingError, match=left_out):
        renew_images(tmp_path, images, _BEGAN_AT)
    assert not list(images.iterdir())
