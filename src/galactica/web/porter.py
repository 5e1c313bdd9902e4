"""The porter: lets requests in, or not, and sends what is answered.

`galactica.web.security` says who is let in and which headers every answer carries. What goes wrong anywhere becomes a
kind page or a JSON problem here; details of this machine go to the log alone.
"""

from __future__ import annotations

import logging

from starlette.types import ASGIApp, Receive, Scope, Send

from galactica.errors import EditionError, GalacticaError, LimitError, StepMissingError, UsageError
from galactica.model.said import said
from galactica.web import asking, remembered, security, words
from galactica.web.desk import Desk
from galactica.web.exchange import FEWER_WORDS, NotFoundError, RefusedError, Reply, WebRequest, as_json
from galactica.wire.program import ProblemDocument

API = "/api/"
_LOG = logging.getLogger("galactica.web")


def apology(desk: Desk, scope: Scope, request: WebRequest, error: GalacticaError | None, status: int = 0) -> Reply:
    """What a person, or a program, is told when there is no answer. Details of this machine stay here."""
    if not status:
        match error:
            case RefusedError():
                status = error.status
            case NotFoundError() | StepMissingError():
                status = 404
            case UsageError():
                status = 400
            case LimitError():
                status = 503
            case _:
                status = 500
    if error is not None and status >= 500:
        _LOG.error("%s %s", error.problem, error.remedy)
    if isinstance(error, EditionError):
        error = desk.damage(error)  # which edition, and the command that shows where
    elif isinstance(error, StepMissingError):
        error = StepMissingError(desk.discreet(error.problem), desk.discreet(error.remedy))
    elif status == 500:
        error = None
    w = words.CATALOGUES[request.language]
    problem = error.problem if error else w("problem_unknown")
    remedy = error.remedy if error else w("problem_remedy")
    headers = error.headers if isinstance(error, RefusedError) else ()
    if scope["path"].startswith(API):
        return as_json(ProblemDocument(problem=problem, remedy=remedy), status=status, headers=headers)
    missing = isinstance(error, StepMissingError)
    kind = "step_missing" if missing else "not_found" if status == 404 else "problem"
    return desk.renderer.page(
        "message", request, status=status, kind=kind, title=problem, remedy=remedy, headers=headers
    )


async def deliver(answer: Reply, scope: Scope, send: Send) -> None:
    """Send an answer; a HEAD request gets its headers alone."""
    headers = [
        (b"content-type", answer.type),
        (b"content-length", str(len(answer.body)).encode()),
        *answer.headers,
        *answer.guard,
    ]
    if answer.status == 304:
        del headers[:2]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    body = b"" if scope["method"] == "HEAD" or answer.status == 304 else answer.body
    await send({"type": "http.response.body", "body": body})


class Porter:
    """Lets requests in, or not (`galactica.web.security` says which), and serves the room's own files.

    Args:
        public: answer whatever `Host` says; else loopback names only.
        cors: origins whose scripts may read the API; ("*",) for all.
        posts: paths that take POST.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        desk: Desk,
        public: bool,
        cors: tuple[str, ...],
        posts: frozenset[str] = frozenset((asking.PATH,)),
    ) -> None:
        self._app = app
        self._desk = desk
        self._public = public
        self._posts = posts
        self._cors = frozenset(origin.encode() for origin in cors)
        self._static = {
            f"/static/{name}": Reply(
                body=file.body,
                type=file.type,
                headers=((b"cache-control", b"public, max-age=31536000, immutable"),),
                guard=security.MEDIA,
            )
            for name, file in desk.renderer.static.items()
        }
        mark = next(file for name, file in desk.renderer.static.items() if name.startswith("mark."))
        icon = Reply(
            body=mark.body,
            type=mark.type,
            headers=((b"cache-control", b"public, max-age=86400"),),
            guard=security.MEDIA,
        )
        self._static |= {"/favicon.ico": icon, "/favicon.svg": icon}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one connection on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._cors and scope["path"].startswith(API):
            send = self._open(scope, send)
        refusal = self._refusal(scope)
        if refusal is not None:
            await deliver(refusal, scope, send)
            return
        static = self._static.get(scope["path"])
        if static is not None:
            await deliver(static, scope, send)
            return
        await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> Reply | None:
        headers = dict(scope["headers"])
        if not self._public and not security.host_is_local(headers.get(b"host", b"").decode("latin-1")):
            error = UsageError(
                said("this-machine-only", "This reading room answers only on this machine."),
                said(
                    "open-by-loopback",
                    "Open it under 127.0.0.1, or start it with the host that others should reach it by.",
                ),
            )
            return apology(self._desk, scope, remembered.shown_in(scope), error, 421)
        asked = scope["path"] == asking.PATH
        if asked and scope["method"] == "OPTIONS" and self._allowed(headers):
            return Reply(
                status=204,
                headers=(
                    (b"access-control-allow-methods", b"GET, POST"),
                    (b"access-control-allow-headers", b"content-type"),
                    (b"access-control-max-age", b"600"),
                ),
            )
        methods = ("GET", "HEAD", "POST") if scope["path"] in self._posts else ("GET", "HEAD")
        if scope["method"] not in methods:
            error = UsageError(
                said("reading-only", "This reading room is for reading only."),
                said("use-methods", "Use {names}.", names=methods),
            )
            refusal = apology(self._desk, scope, remembered.shown_in(scope), error, 405)
            return Reply(
                status=405,
                body=refusal.body,
                type=refusal.type,
                headers=(*refusal.headers, (b"allow", ", ".join(methods).encode())),
            )
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > security.MAX_TARGET:
            error = UsageError(said("address-long", "This address is too long."), FEWER_WORDS)
            return apology(self._desk, scope, remembered.shown_in(scope), error, 414)
        return None

    def _allowed(self, headers: dict[bytes, bytes]) -> bytes:
        """What is to be said of the origin of a request that is let in; b"" where it is not."""
        origin = headers.get(b"origin", b"")
        return b"*" if b"*" in self._cors else origin if origin in self._cors else b""

    def _open(self, scope: Scope, send: Send) -> Send:
        allowed = self._allowed(dict(scope["headers"]))

        async def opened(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                kept = [
                    pair
                    for pair in message["headers"]  # type: ignore[attr-defined]  # ASGI messages are untyped
                    if not (allowed and pair[0] == b"cross-origin-resource-policy")
                ]
                kept.append((b"vary", b"origin"))
                if allowed:
                    kept.append((b"access-control-allow-origin", allowed))
                    kept.append((b"cross-origin-resource-policy", b"cross-origin"))
                message = {**message, "headers": kept}
            await send(message)

        return opened  # type: ignore[return-value]
