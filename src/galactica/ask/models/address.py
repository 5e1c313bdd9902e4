"""Which model is meant: its address, its name there, and how much it may take."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from galactica.codes.loopback import is_loopback
from galactica.errors import UsageError

MOST_SECONDS = 600.0
MOST_TOKENS = 8192
MOST_ADDRESS = 2000
MOST_NAME = 200

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")
_EXAMPLE = "Write it as llama.cpp, Ollama and vLLM give it: http://127.0.0.1:8080/v1."


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A language model that a person chose; `model_at` makes one.

    Attributes:
        url: where it is spoken to, up to what stands before `/chat/completions`; no slash at its end.
        name: what it is called there.
        key_from: the variable of the environment that holds the key; "" where none is sent. The key itself is never
            kept.
        seconds: from asking to the last word, at most.
        tokens: of what it writes, at most.
        size: bytes of what it sends, at most; a token takes some 200 where each is sent by itself.
    """

    url: str
    name: str
    key_from: str = ""
    seconds: float = 30.0
    tokens: int = 512
    size: int = 512 * 1024

    @property
    def local(self) -> bool:
        """Whether it runs on this machine, by its address."""
        return is_loopback(urlsplit(self.url).hostname or "")


def model_at(
    url: str, name: str = "", *, key_from: str = "", seconds: float | None = None, tokens: int | None = None
) -> Model:
    """The model at an address.

    Args:
        url: http or https, host, perhaps port and path; or with the model's name behind a "#".
        name: of the model; "" where it stands in `url`.
        key_from: name of the variable that holds the key.
        seconds, tokens: as in `Model`; None is the default.

    Raises:
        UsageError: no such address, no name, a bound out of range, or a key that would be sent where all can read it.
    """
    address, _, behind = url[: MOST_ADDRESS + 1].strip().partition("#")
    called = (name or behind).strip()
    if not called or len(called) > MOST_NAME or not called.isprintable():
        raise UsageError("The model has no name.", "Name it as its server does: URL#NAME, or --name NAME.")
    place = _place(address)
    if key_from and not _VARIABLE.fullmatch(key_from):
        # Not repeated: somebody may have typed the key itself.
        raise UsageError("That is no name of a variable.", "Put the key into a variable, and give the variable's name.")
    if key_from and place.scheme == "http" and not is_loopback(place.hostname or ""):
        raise UsageError(f"A key would cross the network to {place.hostname} in clear.", "Use https, or send no key.")
    model = Model(url=place.geturl(), name=called, key_from=key_from)
    time = model.seconds if seconds is None else seconds
    length = model.tokens if tokens is None else tokens
    if not 1 <= time <= MOST_SECONDS or not 16 <= length <= MOST_TOKENS:
        raise UsageError(
            f"{time:g} seconds and {length} tokens are not what a model can be given.",
            f"Give it 1 to {MOST_SECONDS:g} seconds and 16 to {MOST_TOKENS:,} tokens.",
        )
    return Model(
        url=model.url,
        name=called,
        key_from=key_from,
        seconds=float(time),
        tokens=length,
        size=max(model.size, 1024 * length),
    )


def _place(address: str) -> SplitResult:
    """An address in one form: lower-case scheme and host, no user, query or fragment, no slash at the end."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise UsageError("That is no address of a model.", _EXAMPLE) from None
    if parts.username is not None or parts.password is not None:
        raise UsageError("The address holds a user or password.", "Keep it out of the address; see --key-from.")
    shown = f"[{host}]" if ":" in host else host
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(shown) or len(address) > MOST_ADDRESS:
        raise UsageError("That is no address of a model.", _EXAMPLE)
    if parts.query or not parts.path.isprintable() or " " in parts.path or ".." in parts.path:
        raise UsageError("The address has more than scheme, host, port and path.", _EXAMPLE)
    place = shown if port is None else f"{shown}:{port}"
    path = parts.path.rstrip("/").removesuffix("/chat/completions")
    return SplitResult(parts.scheme, place, path, "", "")
