"""The services as a cluster runs them: with their own packages alone, open to other machines, and with Redis by TLS."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from signal import SIGCONT, SIGKILL, SIGSTOP, SIGTERM, Signals

import grpc
import httpx
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from redis.exceptions import RedisError
from rich.console import Console

from local import fetch, ports
from local.paths import ROOT
from local.process import Program
from local.settings import PROGRAMS
from local.stack import Stack, StackSettings, prepared
from services.common import settings
from services.redis_client import client as redis_client
from tests import valkey
from tests.service_packages import make_environment

SERVING, NOT_SERVING = health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING
WITH_TABLE = ("user", "inventory", "order")
PASSWORD = "correct-horse"
OTHER_ADDRESS = "127.0.0.2"  # this machine too, but nothing listens there that listens on 127.0.0.1 alone
COMMANDS = [
    *(("user", command) for command in ([], ["provision"], ["make-admin", "nobody"])),
    *(("inventory", command) for command in ([], ["provision"], ["load-catalogue"])),
    *(("order", command) for command in ([], ["provision"])),
]


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_environment(tmp_path_factory.mktemp("image") / "environment")


@dataclass(frozen=True)
class Cluster:
    stack: Stack
    health_ports: dict[str, int]

    async def status(self, service: str, of: str = "", seconds: float = 5.0) -> int:
        """Asks the health port as a kubelet does: by a new connection, in plain text."""
        address = f"{OTHER_ADDRESS}:{self.health_ports[service]}"
        options = [("grpc.enable_http_proxy", 0), ("grpc.use_local_subchannel_pool", 1)]
        async with grpc.aio.insecure_channel(address, options=options) as channel:
            check = health_pb2_grpc.HealthStub(channel).Check
            answer: health_pb2.HealthCheckResponse = await check(
                health_pb2.HealthCheckRequest(service=of), timeout=seconds
            )
            return int(answer.status)

    async def until(self, service: str, wanted: int) -> None:
        """Waits until a service is ready, or not. It must be alive all the time."""
        for _ in range(300):
            assert await self.status(service, "liveness") == SERVING
            if await self.status(service) == wanted:
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"the readiness of {service} did not become {wanted}")

    @asynccontextmanager
    async def stopped(self, name: str) -> AsyncIterator[None]:
        """Stops a program for a while, so that it hangs."""
        self.stack[name].signal(SIGSTOP)
        try:
            yield
        finally:
            self.stack[name].signal(SIGCONT)


@pytest.fixture(scope="module")
async def cluster(python: Path, certs: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cluster]:
    fetch.fetch(Console(stderr=True))
    config = StackSettings.on_free_ports(log_dir=tmp_path_factory.mktemp("logs"), lame_duck_seconds=3.0)
    password = tmp_path_factory.mktemp("redis") / "password"
    password.write_text(PASSWORD)
    redis_certs = certs / "operator"  # its certificate has the name localhost
    health_ports = dict(zip(PROGRAMS, ports.claim(len(PROGRAMS)), strict=True))
    async with valkey.tls_front(config.redis_port, redis_certs) as tls_port:
        redis = settings.Redis(
            url=f"rediss://localhost:{tls_port}",
            password_file=str(password),
            ca_file=str(redis_certs / "ca.crt"),
        )
        with prepared(config) as stack:
            del stack.programs["edge"]
            for program in stack.programs.values():
                if program.name == "valkey":
                    command = (*program.command, "--requirepass", PASSWORD)
                    changed = replace(program, command=command, ready=partial(answers, redis))
                else:
                    changed = _as_a_pod(program, python, redis, health_ports)
                stack.programs[program.name] = changed
            try:
                await stack.start()
                yield Cluster(stack, health_ports)
            finally:
                await stack.kill()


def _as_a_pod(program: Program, python: Path, redis: settings.Redis, health_ports: dict[str, int]) -> Program:
    if not program.command[2].startswith("services."):
        return program
    env = {
        **program.env,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'gen' / 'python'}",
        "CNOP_REDIS_URL": redis.url,
        "CNOP_REDIS_PASSWORD_FILE": redis.password_file,
        "CNOP_REDIS_CA_FILE": redis.ca_file,
    }
    if program.name in health_ports:
        env["CNOP_HEALTH_LISTEN"] = f"0.0.0.0:{health_ports[program.name]}"
    for name in {"CNOP_LISTEN", "CNOP_METRICS_LISTEN"} & env.keys():
        env[name] = env[name].replace("127.0.0.1", "0.0.0.0")  # noqa: S104 - as in a pod
    return replace(program, command=(str(python), *program.command[1:]), env=env)


async def answers(redis: settings.Redis) -> bool:
    async with redis_client.connect(redis) as made:
        with contextlib.suppress(RedisError, OSError):
            return bool(await made.ping())
    return False


async def run(python: Path, *command: str, env: dict[str, str]) -> tuple[int, str]:
    """Runs a command to its end. Returns the exit code and all that it says."""
    process = await asyncio.create_subprocess_exec(
        *(str(python), "-m", *command),
        env={**env, "PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT}:{ROOT / 'gen' / 'python'}"},
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


async def test_all_services_are_ready_and_alive(cluster: Cluster) -> None:
    for service in PROGRAMS:
        await cluster.until(service, SERVING)


async def test_the_catalogue_was_loaded_with_progress(cluster: Cluster) -> None:
    said = cluster.stack["load-catalogue"].log.read_text()
    assert "loading the catalogue: 50 of " in said
    assert " assets added" in said


async def test_an_admin_is_made_only_of_a_user(cluster: Cluster, python: Path) -> None:
    env = dict(cluster.stack.programs["provision-user"].env)
    code, said = await run(python, "services.user", "make-admin", "nobody", env=env)
    assert (code, "Traceback" in said) == (1, False)
    assert "nobody" in said


@pytest.mark.parametrize("service", PROGRAMS)
async def test_a_service_explains_itself_with_its_packages_alone(python: Path, service: str) -> None:
    code, said = await run(python, f"services.{service}", "--help", env={})
    assert code == 0, said
    assert "CNOP_HEALTH_LISTEN" in said
    code, said = await run(python, "rich", env={})
    assert "No module named rich" in said, "or this environment has more than the image"


@pytest.mark.parametrize(("service", "command"), COMMANDS)
async def test_no_command_begins_without_a_region(
    cluster: Cluster, python: Path, service: str, command: list[str]
) -> None:
    env = dict(cluster.stack.programs[service].env)
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "CNOP_DYNAMODB_ENDPOINT"):
        del env[name]
    code, said = await run(python, f"services.{service}", *command, env={**env, "AWS_CONFIG_FILE": "/none"})
    assert code == 1
    assert said == "no AWS region is configured: set AWS_REGION, or CNOP_DYNAMODB_ENDPOINT for an emulator\n"


async def test_no_service_begins_without_credentials(cluster: Cluster, python: Path) -> None:
    env = {name: value for name, value in cluster.stack.programs["order"].env.items() if "ACCESS_KEY" not in name}
    code, said = await run(
        python, "services.order", env={**env, "AWS_SHARED_CREDENTIALS_FILE": "/none", "HOME": "/none"}
    )
    assert code == 1
    assert "boto3 finds no AWS credentials" in said
    assert "Traceback" not in said


async def test_a_service_needs_no_region_for_an_emulator(cluster: Cluster, python: Path) -> None:
    env = {name: value for name, value in cluster.stack.programs["order"].env.items() if not name.endswith("_REGION")}
    assert await run(python, "services.order", "provision", env={**env, "AWS_CONFIG_FILE": "/none"}) == (0, "")


async def test_services_whose_table_is_away_are_not_ready_and_not_dead(cluster: Cluster) -> None:
    async with cluster.stopped("dynamodb"):
        for service in WITH_TABLE:
            await cluster.until(service, NOT_SERVING)
        assert await cluster.status("ratelimit") == SERVING
    for service in WITH_TABLE:
        await cluster.until(service, SERVING)


@pytest.mark.parametrize("how", [SIGSTOP, SIGKILL])
async def test_without_redis_only_the_counters_are_not_ready_and_nothing_is_dead(
    cluster: Cluster, how: Signals
) -> None:
    cluster.stack["valkey"].signal(how)
    try:
        await cluster.until("ratelimit", NOT_SERVING)
        for service in WITH_TABLE:
            await cluster.until(service, SERVING)
    finally:
        cluster.stack["valkey"].signal(SIGCONT)
        if how == SIGKILL:
            await cluster.stack["valkey"].wait()
            await cluster.stack.start_one("valkey")
    await cluster.until("ratelimit", SERVING)


async def test_a_process_that_hangs_is_not_alive(cluster: Cluster) -> None:
    async with cluster.stopped("inventory"):
        with pytest.raises(grpc.aio.AioRpcError):
            await cluster.status("inventory", "liveness", seconds=1.0)
    await cluster.until("inventory", SERVING)


async def test_a_process_that_drains_is_not_ready_and_not_dead(cluster: Cluster) -> None:
    process = cluster.stack["order"]
    process.signal(SIGTERM)
    await cluster.until("order", NOT_SERVING)
    assert process.is_running
    assert await process.wait() == 0
    await cluster.stack.start_one("order")


async def test_the_metrics_are_open_to_other_machines(cluster: Cluster) -> None:
    url = f"http://{OTHER_ADDRESS}:{cluster.stack.settings.ratelimit_metrics_port}/metrics"
    async with httpx.AsyncClient(trust_env=False) as client:
        assert "cnop_ratelimit_counters_up 1.0" in (await client.get(url)).text


async def test_the_password_is_in_no_log(cluster: Cluster) -> None:
    for log in cluster.stack.settings.log_dir.iterdir():
        assert PASSWORD not in log.read_text(), log.name
