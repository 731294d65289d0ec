"""Unit tests of single templates, beside the chart (helm/cnop/tests), and the documents that are generated from it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.chart import programs
from tests.chart.rendering import CHART


def test_units() -> None:
    done = subprocess.run(
        [str(programs.BIN / "helm-unittest"), "--strict", "--file", "tests/*_test.yaml", str(CHART)],
        env=programs.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_readme_is_up_to_date(tmp_path: Path) -> None:
    copy = tmp_path / "cnop"
    shutil.copytree(CHART, copy)
    subprocess.run(
        [str(programs.BIN / "helm-docs"), "--chart-search-root", str(copy), "--log-level", "error"],
        cwd=copy, check=True,
    )  # fmt: skip
    assert (copy / "README.md").read_text() == (CHART / "README.md").read_text(), "run make chart"


def test_each_value_is_described() -> None:
    assert "|  |" not in (CHART / "README.md").read_text()
