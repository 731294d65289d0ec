from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from containers import compose
from containers.tools import MissingError
from local import ports
from local.paths import LIMITS
from tests.compose.engine import TAG, Engine, prepare


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The container engine, with the images built."""
    try:
        return prepare(tmp_path_factory.mktemp("containers"))
    except MissingError as error:
        pytest.exit(f"make test-compose: {error}", returncode=1)


@pytest.fixture(scope="session")
def limits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the limits, which a test may change."""
    folder = tmp_path_factory.mktemp("limits")
    folder.chmod(0o755)
    return Path(shutil.copy(LIMITS, folder))


@pytest.fixture(scope="session")
def edge_url(engine: Engine, limits: Path) -> Iterator[str]:
    """The edge of the system of compose.yaml, in a project of its own."""
    [port] = ports.claim(1)
    os.environ["CNOP_LIMITS_DIR"] = str(limits.parent)
    os.environ["COMPOSE_PROJECT_NAME"] = "cnop-test"
    os.environ["CNOP_EDGE_PORT"] = str(port)
    for image in ("services", "edge"):
        os.environ[f"CNOP_{image.upper()}_IMAGE"] = f"cnop-{image}:{TAG}"
    try:
        compose.up(engine.composer)
        yield f"localhost:{port}"
    finally:
        compose.down(engine.composer)
