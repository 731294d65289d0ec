"""Breaking changes of the contracts are found, compatible ones pass, in clones of every kind."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from codegen import breaking
from codegen.errors import CodegenError
from codegen.paths import ROOT

ORDERS = "proto/cnop/order/v1/order_service.proto"


def git(folder: Path, *arguments: str) -> str:
    author = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *author, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(clone: Path, message: str) -> str:
    git(clone, "add", "--all")
    git(clone, "commit", "--allow-empty", "-qm", message)
    return git(clone, "rev-parse", "HEAD")


def change(clone: Path, old: str, new: str) -> None:
    text = (clone / ORDERS).read_text()
    assert old in text
    (clone / ORDERS).write_text(text.replace(old, new))


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Returns a clone whose main has two commits."""
    clone = tmp_path / "clone"
    shutil.copytree(ROOT / "proto", clone / "proto")
    git(tmp_path, "init", "-q", "-b", "main", str(clone))
    commit(clone, "The contracts")
    commit(clone, "Something else")
    return clone


def report(clone: Path, capfd: pytest.CaptureFixture[str]) -> str:
    """Returns what the check reports about the work tree, "" if it passes."""
    try:
        breaking.check(clone, breaking.base_of(clone)[0])
    except CodegenError as error:
        captured = capfd.readouterr()
        return captured.out + captured.err + str(error)
    return ""


def test_a_new_field_and_a_new_path_are_compatible(clone: Path, capfd: pytest.CaptureFixture[str]) -> None:
    change(
        clone,
        "message PreviewOrderResponse {",
        "message PreviewOrderResponse {\n  // New.\n  string remark = 99;",
    )
    change(
        clone,
        '{get: "/api/v1/orders/{order_id}"}',
        '{get: "/api/v1/orders/{order_id}" additional_bindings: {get: "/api/v1/o/{order_id}"}}',
    )
    assert report(clone, capfd) == ""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("string request_id = 8", "string request_id = 99", 'Previously present field "8"'),
        ("string quantity = 4 [", "int64 quantity = 4 [", "changed type"),
        ("rpc ListOrders(", "rpc ListAllOrders(", 'Previously present RPC "ListOrders"'),
        ('get: "/api/v1/orders"', 'get: "/api/v1/all-orders"', "the REST path GET /api/v1/orders was removed"),
        ("caller: USER", "caller: ADMIN", "CreateOrder: was open to user and is now open to admin"),
    ],
    ids=["number", "type", "method", "path", "caller"],
)
def test_a_breaking_change_is_reported(
    clone: Path, capfd: pytest.CaptureFixture[str], old: str, new: str, message: str
) -> None:
    git(clone, "switch", "-qc", "work")
    change(clone, old, new)
    commit(clone, "A change")
    assert message in report(clone, capfd)


def test_a_branch_is_compared_with_its_fork_point(clone: Path) -> None:
    fork = git(clone, "rev-parse", "HEAD")
    git(clone, "switch", "-qc", "work")
    commit(clone, "Work")
    git(clone, "switch", "-q", "main")
    commit(clone, "Main moves on")
    git(clone, "switch", "-q", "work")
    assert breaking.base_of(clone) == (fork, "where this branch left main")


def test_main_is_compared_with_main_some_commits_ago(clone: Path) -> None:
    assert breaking.base_of(clone) == (git(clone, "rev-parse", "HEAD~1"), "1 commits ago")


def test_an_intended_break_is_the_base_of_the_comparison(clone: Path) -> None:
    intended = commit(clone, "Version 2\n\nBreaks-Contract: nobody uses it yet")
    commit(clone, "Later")
    assert breaking.base_of(clone)[0] == intended


def test_a_shallow_clone_without_main_is_compared_with_its_oldest_commit(clone: Path, tmp_path: Path) -> None:
    git(clone, "switch", "-qc", "work")
    head = commit(clone, "Work")
    git(tmp_path, "clone", "-q", "--depth=1", "--single-branch", "--branch=work", f"file://{clone}", "shallow")
    assert breaking.base_of(tmp_path / "shallow") == (head, "HEAD; this clone has no older commit")


def test_what_is_no_clone_fails_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(CodegenError, match="not a git clone"):
        breaking.base_of(tmp_path)
