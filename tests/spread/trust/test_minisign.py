"""Keys and signatures of minisign: its own vectors, and the program itself where it is installed."""

from __future__ import annotations

import pickle
import shutil
import subprocess
from pathlib import Path

import pytest

from galactica.errors import InputError, LimitError, UsageError
from galactica.spread.trust import ed25519
from galactica.spread.trust.minisign import DetachedSignature, PublicKey, digest_of
from galactica.spread.trust.secret import SecretKey, is_encrypted, secret_from_text

from .made import ALICE, BOB

# Made by minisign 0.11 of Debian 12 on 2026-11-29 for these tests; the passphrase of the first key is "pw1".
ENCRYPTED = (
    "untrusted comment: minisign encrypted secret key\n"
    "RWRTY0Iy/8UDTAf6vmBuKXLxgprAAuXvLd8xlCigdgmsn1bY/boAAAACAAAAAAAAAEAAAAAATH4xOxb9IuvW6N31HPM0PLVBh/9l7w3DUuGtAEFteXUz"
    "zK+iWidWQLln2aVmqWwn/VcCOZnU1PFCQhs+kAbDSNHeYjtk/Qf/tX1nzUwy6Q+DCw2abdE9C+8AzjjukXb5GWHB9uEhwf0=\n"
)
ENCRYPTED_PUBLIC = (
    "untrusted comment: minisign public key B6A78FE3C163FA4F\n"
    "RWRP+mPB44+ntgdZaPKuMrI5o2a30W9uNTGJgt7/Rw/uI8e1gWMghsUr\n"
)
PLAIN = (
    "untrusted comment: minisign encrypted secret key\n"
    "RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAq9QUJskQ5zGaLukkYnuVYu+45MBv3yyFYI6p2dfiLUu6"
    "341Mn7rPnCH4KtDqHEfHdRNaxJUgCh5MT7b85opIjtQCH9WyeactAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
)
PLAIN_PUBLIC = (
    "untrusted comment: minisign public key 31E710C92614D4AB\n"
    "RWSr1BQmyRDnMSH4KtDqHEfHdRNaxJUgCh5MT7b85opIjtQCH9Wyeact\n"
)
SIGNED = b"hello\n"
SIGNATURE = (
    b"untrusted comment: signature from minisign secret key\n"
    b"RUSr1BQmyRDnMSMx31uY7m+Hz1mUid4aoz5pN/PnggP7Iol8tpCnyl2+Yj3P9Zn5MGrDoP8Hfl2vbuv86DtceWloW99M2fiFGwE=\n"
    b"trusted comment: trusted words\n"
    b"ncJWbsgB+amGxuHbfLEuX8XkuURTCPx451jhzPZl4VfUzE3jmENVLD4YUSAWg4yVdc64EbwUEOJgBtBNRNdsDA==\n"
)
OLD_KIND = b"RWSr1BQmyRDnMSMx31uY7m+Hz1mUid4aoz5pN/PnggP7Iol8tpCnyl2+Yj3P9Zn5MGrDoP8Hfl2vbuv86DtceWloW99M2fiFGwE="

SMALL = {"work": 2**15, "memory": 2**20}
"""Effort of scrypt in tests."""

has_minisign = pytest.mark.skipif(shutil.which("minisign") is None, reason="the program minisign is not installed")


def test_a_key_that_minisign_made_without_a_passphrase_is_read() -> None:
    key = secret_from_text(PLAIN, None)
    assert not is_encrypted(PLAIN)
    assert key.public.to_text() == PLAIN_PUBLIC
    assert key.public == PublicKey.from_text(PLAIN_PUBLIC) == PublicKey.from_line(PLAIN_PUBLIC.splitlines()[1])


def test_a_key_that_minisign_encrypted_is_read_with_its_passphrase_and_with_no_other() -> None:
    assert is_encrypted(ENCRYPTED)
    assert secret_from_text(ENCRYPTED, b"pw1").public.to_text() == ENCRYPTED_PUBLIC
    with pytest.raises(UsageError, match="passphrase is wrong"):
        secret_from_text(ENCRYPTED, b"pw2")
    with pytest.raises(UsageError, match="encrypted"):
        secret_from_text(ENCRYPTED, None)


def test_what_is_signed_here_is_to_the_byte_what_minisign_signs() -> None:
    theirs = DetachedSignature.from_bytes(SIGNATURE)
    assert secret_from_text(PLAIN, None).sign_file(SIGNED, "trusted words") == theirs
    assert theirs.holds(PublicKey.from_text(PLAIN_PUBLIC), digest_of(SIGNED))
    assert not theirs.holds(PublicKey.from_text(PLAIN_PUBLIC), digest_of(SIGNED + b"."))
    assert not theirs.holds(PublicKey.from_text(ENCRYPTED_PUBLIC), digest_of(SIGNED))


def test_every_flipped_bit_of_a_signature_is_found() -> None:
    key, digest = PublicKey.from_text(PLAIN_PUBLIC), digest_of(SIGNED)
    first = SIGNATURE.index(b"\n") + 1  # the comment that nobody vouches for may be any
    for place in range(first, len(SIGNATURE) - 1):
        for bit in range(8):
            changed = bytearray(SIGNATURE)
            changed[place] ^= 1 << bit
            try:
                holds = DetachedSignature.from_bytes(bytes(changed)).holds(key, digest)
            except ValueError:
                continue
            assert not holds, (place, bit)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n\n\n",
        b"\xff" * 100,
        SIGNATURE * 2,
        SIGNATURE[:-30],
        SIGNATURE.replace(b"trusted comment: trusted", b"comment: trusted"),
        SIGNATURE.replace(b"RUSr", b"R?Sr"),
        SIGNATURE.replace(b"GwE=", b"GwF="),  # the same bytes, written otherwise
        b"untrusted comment: " + b"x" * 20_000,
    ],
)
def test_what_is_no_signature_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError):
        DetachedSignature.from_bytes(raw)


def test_a_signature_over_the_file_itself_is_refused_even_where_it_would_hold() -> None:
    lines = SIGNATURE.split(b"\n")
    lines[1] = OLD_KIND
    with pytest.raises(ValueError, match="old kind"):
        DetachedSignature.from_bytes(b"\n".join(lines))


@pytest.mark.parametrize("passphrase", [None, b"", "pass phrase \u00e9".encode()])
def test_a_key_comes_back_from_its_file(passphrase: bytes | None) -> None:
    text = ALICE.secret.to_text(passphrase, **SMALL)
    assert is_encrypted(text) is (passphrase is not None)
    assert secret_from_text(text, passphrase).public == ALICE.secret.public


def test_the_secret_stands_in_no_other_text_than_that_of_an_unencrypted_file() -> None:
    seed = ALICE.secret._seed
    shown = f"{ALICE.secret!r} {ALICE.secret} {ALICE.secret.public!r}"
    assert seed.hex() not in shown
    assert repr(seed) not in shown
    with pytest.raises(TypeError):
        pickle.dumps(ALICE.secret)
    with pytest.raises(TypeError):
        vars(ALICE.secret)


def test_the_same_key_is_encrypted_otherwise_every_time() -> None:
    assert ALICE.secret.to_text(b"x", **SMALL) != ALICE.secret.to_text(b"x", **SMALL)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one word\nand another",
        ENCRYPTED_PUBLIC,
        ENCRYPTED[:-9],
        ENCRYPTED * 2,
        ENCRYPTED.replace("RWRTY0Iy", "RWRTY0Ix"),
    ],
)
def test_what_is_no_secret_key_is_refused_without_a_word_of_what_it_holds(text: str) -> None:
    with pytest.raises(InputError) as caught:
        secret_from_text(text, b"pw1")
    assert caught.value.__cause__ is None
    assert not any(line in str(caught.value) for line in text.splitlines() if line)


def test_a_key_whose_public_half_is_anothers_is_refused() -> None:
    text = ALICE.secret.to_text(None)
    import base64

    raw = bytearray(base64.b64decode(text.splitlines()[1]))
    raw[-64:-32] = BOB.secret.public.raw
    with pytest.raises(InputError):
        secret_from_text(f"untrusted comment: x\n{base64.b64encode(raw).decode()}\n", None)


def test_a_key_file_that_asks_for_all_memory_is_refused() -> None:
    import base64

    raw = bytearray(base64.b64decode(ENCRYPTED.splitlines()[1]))
    raw[46:54] = (2**62).to_bytes(8, "little")
    with pytest.raises(LimitError, match="MiB"):
        secret_from_text(f"untrusted comment: x\n{base64.b64encode(raw).decode()}\n", b"pw1")


@pytest.mark.parametrize(
    "raw",
    [
        bytes(32),
        (1).to_bytes(32, "little"),
        (2**255 - 20).to_bytes(32, "little"),
        bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"),
        (2**255 - 19).to_bytes(32, "little"),
        (2**255 - 1).to_bytes(32, "little"),
        b"short",
    ],
)
def test_a_point_with_which_anybody_can_sign_and_one_in_another_form_are_no_keys(raw: bytes) -> None:
    with pytest.raises(ValueError):
        ed25519.check_public(raw)
    assert not ed25519.signature_holds(raw, bytes(64), b"")


def test_the_first_vector_of_rfc_8032_holds() -> None:
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert ed25519.public_of(seed) == public
    assert ed25519.sign_bytes(seed, b"") == signature
    assert ed25519.signature_holds(public, signature, b"")
    assert not ed25519.signature_holds(public, signature, b"x")


@has_minisign
def test_minisign_verifies_what_is_signed_here_and_signs_with_keys_made_here(tmp_path: Path) -> None:
    file, key, pub = (tmp_path / name for name in ("m", "n.key", "n.pub"))
    made = SecretKey.new()
    file.write_bytes(SIGNED)
    pub.write_text(made.public.to_text())
    key.write_text(made.to_text(b"secret words", **SMALL))
    (tmp_path / "m.minisig").write_text(made.sign_file(SIGNED, "Galactica 5").to_text())
    told = subprocess.run(["minisign", "-V", "-H", "-p", pub, "-m", file], capture_output=True, text=True, check=True)
    assert "Galactica 5" in told.stdout
    subprocess.run(
        ["minisign", "-S", "-s", key, "-m", file, "-t", "theirs"],
        input="secret words\n",
        text=True,
        check=True,
        capture_output=True,
    )
    theirs = DetachedSignature.from_bytes((tmp_path / "m.minisig").read_bytes())
    assert theirs == made.sign_file(SIGNED, "theirs")
    file.write_bytes(SIGNED + b"!")
    assert subprocess.run(["minisign", "-V", "-p", pub, "-m", file], capture_output=True, check=False).returncode == 1
