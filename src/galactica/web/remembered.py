"""What a reader chooses for all pages, kept in a cookie: the appearance, and the language that the room speaks."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.types import Scope

from galactica.model.said import said
from galactica.web import words
from galactica.web.desk import Desk
from galactica.web.exchange import NotFoundError, Reply, WebRequest, redirect
from galactica.web.render import LOOKS

_INTERFACES = {f"gx_words={tag}".encode(): tag for tag in words.INTERFACES}
_LOOKS = {f"gx_look={look}".encode(): look for look in LOOKS if look != "auto"}


def shown_in(scope: Scope) -> WebRequest:
    """An ASGI request of which only that is read which every page is shown by, also one that refuses it: the language
    and the appearance. Its address may be anything."""
    headers: dict[bytes, bytes] = dict(scope["headers"])
    look, chosen = "auto", ""
    cookie = headers.get(b"cookie")
    if cookie:
        for part in cookie[:4096].split(b";"):
            look = _LOOKS.get(part.strip(), look)
            chosen = _INTERFACES.get(part.strip(), chosen)
    asked = headers.get(b"accept-language", b"").decode("latin-1")
    return WebRequest(steps=(), language=chosen or words.choose_language(asked), look=look, headers=headers)


def remember_look(desk: Desk, request: WebRequest) -> Reply:
    """Remember the appearance that was chosen and go back to the page it was chosen on.

    The way back is the path of a `Referer` of this very host, never another host: no open redirect.
    """
    wish = request.step(1)
    if wish not in LOOKS:
        raise NotFoundError(
            said("no-such-look", "There is no such appearance."),
            said("choose-one", "Choose one of {names}.", names=LOOKS),
        )
    return _remember(request, f"gx_look={wish}")


def interface(desk: Desk, request: WebRequest) -> Reply:
    """Remember the language that the room shall speak, and go back as `remember_look` does."""
    wish = request.step(1)
    if wish not in words.INTERFACES:
        raise NotFoundError(
            said("no-such-interface", "The reading room does not speak this language."),
            said("choose-one", "Choose one of {names}.", names=words.INTERFACES),
        )
    return _remember(request, f"gx_words={wish}")


def _remember(request: WebRequest, cookie: str) -> Reply:
    """Set a cookie for a year, and go back to the page that was left for it."""
    back = "/"
    try:
        referer = urlsplit(request.headers.get(b"referer", b"").decode("ascii"))
    except ValueError:
        referer = urlsplit("")
    here = request.headers.get(b"host", b"").decode("latin-1")
    if here and referer.netloc == here and referer.path.startswith("/"):
        path = referer.path + (f"?{referer.query}" if referer.query else "")
        if not path.startswith(("//", "/\\", "/look/", "/words/")):
            back = path
    cookie = f"{cookie}; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly"
    return redirect(back, headers=((b"set-cookie", cookie.encode()), (b"cache-control", b"no-store")))
