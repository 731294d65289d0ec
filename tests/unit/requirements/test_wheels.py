from __future__ import annotations

import pytest
from packaging.pylock import Package, Pylock

from requirements.wheels import PLATFORMS, Platform, without_wheel

LINUX, ARM, MAC, _ = PLATFORMS


def package(name: str, *wheels: str, marker: str = "") -> dict[str, object]:
    file = {"size": 1, "hashes": {"sha256": "0" * 64}}
    return {
        "name": name,
        "version": "1.0",
        "sdist": {"name": f"{name}-1.0.tar.gz", "path": f"{name}-1.0.tar.gz", **file},
        "wheels": [{"name": f"{name}-1.0-{tags}.whl", "path": f"{name}-1.0-{tags}.whl", **file} for tags in wheels],
        **({"marker": marker} if marker else {}),
    }


def packages(*package_tables: dict[str, object]) -> list[Package]:
    return list(Pylock.from_dict({"lock-version": "1.0", "created-by": "test", "packages": package_tables}).packages)


LOCKED = packages(
    package("pure", "py3-none-any"),
    package(
        "stable", "cp39-abi3-manylinux_2_28_aarch64", "cp39-abi3-manylinux_2_28_x86_64", "cp39-abi3-macosx_11_0_arm64"
    ),
    package("new", "cp312-cp312-manylinux_2_17_x86_64"),
    package("newer", "py3-none-manylinux_2_35_x86_64"),
    package("source"),
    package("windows", "py3-none-win_amd64", marker="sys_platform == 'win32'"),
    package("intel", "py3-none-manylinux1_x86_64", marker="platform_machine == 'x86_64'"),
)


@pytest.mark.parametrize(
    ("platform", "python", "missing"),
    [
        (LINUX, (3, 12), ["newer", "source"]),
        (LINUX, (3, 11), ["new", "newer", "source"]),
        (ARM, (3, 12), ["new", "newer", "source"]),
        (MAC, (3, 12), ["new", "newer", "source"]),
    ],
    ids=lambda value: value.title if isinstance(value, Platform) else None,
)
def test_a_package_lacks_a_wheel_if_it_is_required_and_no_tag_fits(
    platform: Platform, python: tuple[int, int], missing: list[str]
) -> None:
    assert list(without_wheel(LOCKED, platform, python)) == missing
