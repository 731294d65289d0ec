from __future__ import annotations

import multiprocessing
import stat
from pathlib import Path

from services.bootstrap.files import Folder
from services.bootstrap.secret import Files


def write(folder: Path, files: Files) -> None:
    Folder(folder).change(lambda _: files)


def read(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.startswith(".")}


def test_files_are_replaced_added_and_removed(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "secret"
    write(folder, {"a": b"1", "b": b"2"})
    assert read(folder) == {"a": b"1", "b": b"2"}
    change = Folder(folder).change(lambda files: {"a": b"3", "c": files["b"]})
    assert change.before == {"a": b"1", "b": b"2"}
    assert change.after == read(folder) == {"a": b"3", "c": b"2"}


def test_only_the_owner_can_read_them_and_nothing_old_stays(tmp_path: Path) -> None:
    folder = tmp_path / "secret"
    write(folder, {"a": b"1", "b": b"2"})
    write(folder, {"a": b"3"})
    real = [path for path in folder.rglob("*") if not path.is_symlink()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in real if path.is_file()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, *real) if path.is_dir()} == {0o700}
    assert [path.read_bytes() for path in real if path.is_file()] == [b"3"]


def test_ordinary_files_of_older_versions_are_taken_over(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").write_bytes(b"2")
    Folder(tmp_path).change(lambda files: {"a": files["a"], "c": b"3"})
    assert read(tmp_path) == {"a": b"1", "c": b"3"}


def test_folders_inside_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "part", {"a": b"1"})
    assert Folder(tmp_path).change(lambda _: {"b": b"2"}).before == {}
    assert read(tmp_path / "part") == {"a": b"1"}


def test_an_edit_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"a": b"1"})
    before = (tmp_path / "..data").readlink()
    write(tmp_path, {"a": b"1"})
    assert (tmp_path / "..data").readlink() == before


def _count(folder: Path) -> None:
    for _ in range(50):
        Folder(folder).change(lambda files: {"count": b"%d" % (int(files.get("count", b"0")) + 1)})


def test_changes_of_two_processes_at_once_are_both_kept(tmp_path: Path) -> None:
    processes = [multiprocessing.Process(target=_count, args=(tmp_path,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert read(tmp_path) == {"count": b"100"}
