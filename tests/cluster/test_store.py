"""Bytes lie in the store under their address, and come out of it as they went in or not at all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from galactica.cluster import store as store_module
from galactica.cluster.contract import Blob
from galactica.cluster.store import Store, StoreError, WrongBytesError, check_store
from galactica.errors import UsageError

fsspec = pytest.importorskip("fsspec", reason="the package fsspec is not installed")

FOLDER = "galactica-" + "0" * 32


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "PAUSES", (0.0, 0.0))


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of a folder in a server that speaks S3, on this machine."""
    server_module = pytest.importorskip("moto.server", reason="the package moto is not installed")
    s3fs = pytest.importorskip("s3fs", reason="the package s3fs is not installed")
    pytest.importorskip("flask", reason="the package moto[server] is not installed")
    server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    own = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y", "AWS_DEFAULT_REGION": "us-east-1"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**own, "AWS_ENDPOINT_URL": f"http://{host}:{port}"}.items():
            patch.setenv(name, value)
        s3fs.S3FileSystem.clear_instance_cache()
        s3fs.S3FileSystem().mkdir("bucket")
        yield "s3://bucket/a folder"
        s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


@pytest.fixture(params=["memory", "file", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "s3":
        url = request.getfixturevalue("s3")
        yield Store(url, FOLDER)
        files = fsspec.filesystem("s3")
        for name in files.find("bucket"):
            files.rm_file(name)
        return
    if request.param == "file":
        yield Store((tmp_path / "shared folder").as_uri(), FOLDER)
        return
    fsspec.filesystem("memory").store.clear()
    yield Store("memory://shared", FOLDER)
    fsspec.filesystem("memory").store.clear()


def files(store: Store) -> list[str]:
    return sorted(store._files.find(store._folder)) if store._files.exists(store._folder) else []


def test_what_was_put_there_comes_out_and_its_address_is_its_hash(store: Store) -> None:
    blob = store.put(b"words")
    assert (blob.address, blob.size) == (hashlib.sha256(b"words").hexdigest(), 5)
    assert store.get(blob) == b"words"


def test_what_is_there_is_not_sent_again(store: Store, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"words")
    assert store.put(b"words") == store.put_file(tmp_path / "x")
    assert (store.sent, store.spared, len(files(store))) == (5, 5, 1)


def test_a_file_above_the_bound_goes_in_pieces(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "AT_ONCE", 1000)
    content = os.urandom(4321)
    (tmp_path / "x").write_bytes(content)
    blob = store.put_file(tmp_path / "x")
    store.fetch(blob, tmp_path / "new" / "y")
    assert (tmp_path / "new" / "y").read_bytes() == content
    assert store.put_file(tmp_path / "x") == blob
    assert (store.sent, store.spared, store.fetched) == (4321, 4321, 4321)


def test_nothing_at_all_is_something(store: Store, tmp_path: Path) -> None:
    store.fetch(store.put(b""), tmp_path / "empty")
    assert (tmp_path / "empty").read_bytes() == b""


@pytest.mark.parametrize("there", [b"wordS", b"word", b"words and more"])
def test_other_bytes_are_found_and_leave_no_file(store: Store, tmp_path: Path, there: bytes) -> None:
    blob = store.put(b"words")
    store._files.pipe_file(files(store)[0], there)
    if there.startswith(b"words"):
        assert store.get(blob) == b"words"  # what was appended is never read
        return
    with pytest.raises(WrongBytesError, match=blob.address):
        store.fetch(blob, tmp_path / "x")
    assert list(tmp_path.glob("x*")) == []


def test_what_is_missing_is_found_missing(store: Store) -> None:
    with pytest.raises(WrongBytesError):
        store.get(Blob(address="0" * 64, size=3))


@pytest.mark.parametrize("address", ["../../etc/passwd", "0" * 63, "A" * 64, ""])
def test_what_is_no_address_is_never_looked_for(store: Store, address: str) -> None:
    with pytest.raises(WrongBytesError):
        store.get(Blob(address=address, size=3))


def test_damaged_bytes_are_put_anew(store: Store) -> None:
    blob = store.put(b"words")
    store._files.pipe_file(files(store)[0], b"wordS")
    store.put(b"words")
    with pytest.raises(WrongBytesError):
        store.get(blob)
    store.put(b"words", anew=True)
    assert store.get(blob) == b"words"


def test_only_what_was_put_there_is_removed(store: Store) -> None:
    store.put(b"words")
    store.put(b"more")
    root = store._folder.rpartition("/")[0]
    store._files.pipe_file(f"{root}/others", b"x")
    store._files.pipe_file(f"{store._folder}/note.txt", b"x")
    store.clear()
    assert [name.rpartition("/")[2] for name in files(store)] == ["note.txt"]
    store._files.rm_file(f"{store._folder}/note.txt")
    store.put(b"words")
    store.clear()
    assert not store._files.exists(store._folder)
    assert store._files.exists(f"{root}/others")
    store.clear()


def test_a_store_that_fails_is_asked_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = iter([OSError("busy"), ConnectionError("gone"), None])
    asked = store._files.info

    def info(path: str) -> object:
        if error := next(failed, None):
            raise error
        return asked(path)

    monkeypatch.setattr(store._files, "info", info)
    assert store.get(store.put(b"words")) == b"words"


def test_a_store_that_goes_on_failing_is_an_error_with_its_words(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def info(path: str) -> object:
        raise PermissionError("Access\nDenied")

    monkeypatch.setattr(store._files, "info", info)
    with pytest.raises(StoreError, match=r"^Access Denied$"):
        store.put(b"words")


def test_a_bucket_that_is_not_there_is_an_error_and_is_not_made(s3: str) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        Store("s3://nobody/x", FOLDER).put(b"words")
    assert fsspec.filesystem("s3").ls("") == ["bucket"]


@pytest.mark.parametrize("url", ["memory://x", "s3://bucket/folder", "file:///mnt/shared", "gs://b/c"])
def test_addresses_of_folders_are_taken(url: str) -> None:
    check_store(url)


@pytest.mark.parametrize(
    "url", ["", "folder", "/mnt/x", "s3:", "s3://", "file:///", "a b://c", "simplecache::s3://b/c"]
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(UsageError):
        check_store(url)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError) as refused:
        check_store("ftp://me:secret@host/folder")
    assert "secret" not in refused.value.told


def test_a_store_of_no_known_kind_is_refused_in_words() -> None:
    with pytest.raises(UsageError, match="no kind"):
        Store("nonsense://x/y", FOLDER)
