from __future__ import annotations

import time
from pathlib import Path

import pytest

from services.aiodynamo_lean import credentials


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Hides the credentials of the machine that runs the tests."""
    for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))


async def test_credentials_of_a_profile_are_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "credentials").write_text("[p]\naws_access_key_id = made\naws_secret_access_key = up\n")
    (tmp_path / "config").write_text("[profile p]\nregion = eu-central-1\n")
    monkeypatch.setenv("AWS_PROFILE", "p")
    answer = await credentials.fetch()
    assert (answer.key.id, answer.key.secret, answer.key.token) == ("made", "up", None)
    assert answer.region == "eu-central-1"
    assert answer.valid_until > time.time()


@pytest.mark.parametrize(
    ("variables", "region"),
    [
        ({}, ""),
        ({"AWS_REGION": ""}, ""),
        ({"AWS_DEFAULT_REGION": "eu-west-1"}, "eu-west-1"),
        ({"AWS_REGION": "eu-north-1"}, "eu-north-1"),
        ({"AWS_REGION": "eu-north-1", "AWS_DEFAULT_REGION": "eu-west-1"}, "eu-north-1"),
    ],
)
async def test_no_region_is_made_up(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], region: str) -> None:
    for name, value in {"AWS_ACCESS_KEY_ID": "made", "AWS_SECRET_ACCESS_KEY": "up", **variables}.items():
        monkeypatch.setenv(name, value)
    assert (await credentials.fetch()).region == region


async def test_missing_credentials_are_reported() -> None:
    with pytest.raises(RuntimeError, match="boto3 finds no AWS credentials"):
        await credentials.fetch()
