"""Images of DynamoDB Local and Valkey for machines without a registry: the programs of `make run`, arranged as in the
images of a registry."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from containers.tools import build_command
from local import binaries, fetch

DYNAMODB, VALKEY = "localhost/cnop-dynamodb-local:stand-in", "localhost/cnop-valkey:stand-in"

_CONTAINERFILES: Mapping[str, str] = {
    DYNAMODB: """\
FROM {base}
COPY java /opt/java
COPY dynamodb /home/dynamodblocal
WORKDIR /home/dynamodblocal
RUN chmod -R a+rX . /opt/java && chmod a+x /opt/java/bin/java && chown 1000:1000 .
USER 1000
ENTRYPOINT ["/opt/java/bin/java"]
""",
    VALKEY: """\
FROM {base}
COPY valkey-server /usr/local/bin/
RUN chmod a+rx /usr/local/bin/valkey-server
USER 65532
""",
}


def build(tool: str, base: str, options: Sequence[str], images: Sequence[str] = (DYNAMODB, VALKEY)) -> None:
    """Builds images with docker, podman or buildah, on a base image."""
    for image in images:
        with tempfile.TemporaryDirectory() as name:
            context = Path(name)
            _COPIES[image](context)
            file = context / "Containerfile"
            file.write_text(_CONTAINERFILES[image].format(base=base))
            subprocess.run([*build_command(tool, file, image), *options, name], check=True)


def _copy_dynamodb(context: Path) -> None:
    shutil.copytree(binaries.java().parents[1], context / "java", symlinks=True)
    shutil.copytree(fetch.DYNAMODB.folder, context / "dynamodb")


def _copy_valkey(context: Path) -> None:
    shutil.copy(binaries.valkey(), context / "valkey-server")


_COPIES: Mapping[str, Callable[[Path], None]] = {DYNAMODB: _copy_dynamodb, VALKEY: _copy_valkey}
