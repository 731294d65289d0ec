"""The limits of the edge follow a mounted ConfigMap: Kubernetes replaces a symbolic link, not the file."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from tests.edge.counting import until
from tests.edge.limited import limits
from tests.edge.mesh import Edge, running, token


class ConfigMap:
    """The folder of a mounted ConfigMap, as the kubelet writes it."""

    def __init__(self, folder: Path, text: str) -> None:
        self._folder = folder
        self._versions = 0
        folder.mkdir()
        self.update(text)
        self.file = folder / "limits.toml"
        self.file.symlink_to("..data/limits.toml")

    def update(self, text: str) -> None:
        """Writes a new folder, and renames a link to it."""
        self._versions += 1
        version = self._folder / f"..version_{self._versions}"
        version.mkdir()
        (version / "limits.toml").write_text(text)
        link = self._folder / "..data_tmp"
        link.symlink_to(version.name)
        link.rename(self._folder / "..data")


@asynccontextmanager
async def keeping(edge: Edge) -> AsyncIterator[asyncio.StreamReader]:
    """Runs `edge_config.keep` beside an edge. Yields what it says."""
    settings = edge.settings
    options = ("--limits", settings.limits, "--secrets-dir", settings.secrets_dir, "--admin", settings.admin)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "edge_config.keep", *map(str, options)), stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr is not None
    try:
        yield process.stderr
    finally:
        process.terminate()
        assert await process.wait() == 0, "it ends by SIGTERM, as the first process of a container must"


async def limit_of(edge: Edge) -> str:
    answer: httpx.Response = await edge.http.get(
        "/api/v1/balance", headers={"authorization": f"Bearer {token(sub='u-1')}"}
    )
    return answer.headers["x-ratelimit-limit"]


def with_reads(calls: int) -> str:
    return limits("90000/day").replace('user = "3/day"', f'user = "{calls}/day"', 1).replace("5/day", "50000/day")


async def test_new_limits_of_a_config_map_reach_a_running_edge(tmp_path: Path) -> None:
    mounted = ConfigMap(tmp_path / "mounted", with_reads(1000))
    async with running(tmp_path, limits=mounted.file) as edge:
        assert await limit_of(edge) == "1000"
        mounted.update(with_reads(2000))  # before the sidecar has started
        async with keeping(edge) as said:

            async def is_limit(calls: int) -> bool:
                return await limit_of(edge) == str(calls)

            await until(lambda: is_limit(2000))
            mounted.update(with_reads(3000))
            await until(lambda: is_limit(3000))
            assert (await said.readline()).decode().rstrip().endswith("limits have changed")
            mounted.update("nonsense")
            assert "limits are unchanged: " in (await said.readline()).decode()
            assert await is_limit(3000)
            mounted.update(with_reads(4000))
            await until(lambda: is_limit(4000))
