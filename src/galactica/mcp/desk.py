"""The protocol: tools and resources of a library, as the package `mcp` hands requests over.

Rules:
1. Arguments are held against the tool's schema before the tool is called; what does not fit is told field by field.
2. Tools run in threads. Few that ask run at once; who waits too long, or comes when too many wait, is told so.
3. When the asker cancels or its time is up, the work ends at its next step.
4. Whatever goes wrong is a tool's error with a problem and a remedy; what this machine knows of a fault is logged.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import anyio
import anyio.from_thread
import anyio.to_thread
import mcp_types as types
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError

from galactica.errors import GalacticaError, LimitError, UsageError
from galactica.mcp import wording
from galactica.mcp.articles import TEMPLATE, listed, open_article
from galactica.mcp.result import ToolResult
from galactica.mcp.tools import TOOLS, OfferedTool
from galactica.model import Step
from galactica.wire.addresses import address_of
from galactica.wire.objects import plain
from galactica.wire.program import problem_document

if TYPE_CHECKING:
    from galactica.library import Library

AT_ONCE = 2
"""Questions worked on at the same time."""

READING = 4
"""Searches and readings at the same time."""

WAITING = 16
"""Calls that wait for their turn; whoever comes then is sent away."""

SECONDS = 120.0
"""Seconds of one call, waiting included."""

MAX_RESOURCE = 400_000
"""Code points of an article that is read as a resource; longer ones are cut, and say so."""

_LOG = logging.getLogger("galactica.mcp")
_VALIDATORS = {name: Draft202012Validator(tool.takes) for name, tool in TOOLS.items()}

Context = ServerRequestContext[Any, Any]
T = TypeVar("T")


class _LeftError(BaseException):
    """The asker is gone. No `Exception`, so that what mends faults on the way does not catch it."""


class RequestHandler:
    """Answers the requests of the protocol for one library."""

    def __init__(self, library: Library, *, seconds: float = SECONDS) -> None:
        self._library = library
        self._seconds = seconds
        self._limiters: dict[bool, anyio.CapacityLimiter] = {}
        self._all: anyio.CapacityLimiter | None = None

    async def list_tools(self, context: Context, params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        """All tools."""
        return types.ListToolsResult(
            tools=[
                types.Tool(
                    name=tool.name,
                    title=tool.title,
                    description=tool.description,
                    input_schema=dict(tool.takes),
                    output_schema=dict(tool.gives),
                    annotations=types.ToolAnnotations(
                        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
                    ),
                )
                for tool in TOOLS.values()
            ]
        )

    async def call_tool(self, context: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        """Run a tool; an error is a result too."""
        try:
            tool = TOOLS.get(params.name)
            if tool is None:
                raise UsageError(f"There is no tool {params.name[:60]!r}.", f"Tools are {', '.join(TOOLS)}.")
            given = params.arguments or {}
            check_arguments(tool, given)
            told = await self._run(tool, given, context)
        except GalacticaError as error:
            return failed(error)
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=told.words)], structured_content=dict(told.document)
        )

    async def list_resources(
        self, context: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        """A page of all articles."""
        try:
            found, after = await self._quietly(partial(listed, self._library, (params and params.cursor) or ""))
        except GalacticaError as error:
            raise _refused(error) from None
        return types.ListResourcesResult(
            resources=[
                types.Resource(
                    uri=address_of(root, head.id),
                    name=wording.safe_line(head.title, 200) or head.id.hex(),
                    title=wording.safe_line(head.title, 200),
                    description=f"Article in {wording.safe_line(head.language, 40)} "
                    f"of {wording.safe_line(head.source)}",
                    mime_type="text/plain",
                )
                for root, head in found
            ],
            next_cursor=after or None,
        )

    async def list_templates(
        self, context: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        """How articles are addressed."""
        return types.ListResourceTemplatesResult(
            resource_templates=[
                types.ResourceTemplate(
                    uri_template=TEMPLATE,
                    name="article",
                    title="An article",
                    description="Its whole text. edition: first 12 digits of the edition's root; id: 32 hex digits.",
                    mime_type="text/plain",
                )
            ]
        )

    async def read_resource(
        self, context: Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        """The text of an article."""
        try:
            if not params.uri.startswith("galactica://"):
                raise UsageError(f"{params.uri[:100]!r} is no address of an article.", f"They are {TEMPLATE}.")
            page = await self._quietly(partial(open_article, self._library, params.uri))
        except GalacticaError as error:
            raise _refused(error) from None
        about = {
            "title": page.article.title,
            "language": page.article.language,
            "source": page.source.title or page.source.key,
            "url": page.article.url,
            "licence": page.licence,
            "date": page.date,
            "work": page.work.title if page.work is not None else "",
            "total": len(page.text),
            "cut": len(page.text) > MAX_RESOURCE,
        }
        text = types.TextResourceContents(
            uri=params.uri, mime_type="text/plain", text=page.text[:MAX_RESOURCE], _meta=about
        )
        return types.ReadResourceResult(contents=[text])

    async def _run(self, tool: OfferedTool, given: Mapping[str, Any], context: Context) -> ToolResult:
        left = threading.Event()
        steps = 0

        def report(step: Step) -> None:
            nonlocal steps
            if left.is_set():
                raise _LeftError
            steps += 1
            did = f"{wording.safe_line(step.who, 40)}: {wording.safe_line(step.did, 300)}"
            anyio.from_thread.run(context.session.report_progress, float(steps), None, did)

        try:
            with anyio.fail_after(self._seconds):
                return await self._quietly(partial(tool.run, self._library, given, report), asks=tool.asks)
        except TimeoutError:
            raise LimitError(
                f"Nothing came of it within {self._seconds:.0f} seconds.", "Try again, or ask for less at a time."
            ) from None
        finally:
            left.set()

    async def _quietly(self, work: Callable[[], T], *, asks: bool = False) -> T:
        """Run in a thread; what is no error of ours is logged and told in general words."""
        limiter = self._limiters.setdefault(asks, anyio.CapacityLimiter(AT_ONCE if asks else READING))
        if not limiter.available_tokens and limiter.statistics().tasks_waiting >= WAITING:
            raise LimitError("Too much is being asked at this moment.", "Try again in some seconds.")
        place = object()
        begun = False
        await limiter.acquire_on_behalf_of(place)

        def working() -> T:
            # A place is free when the thread is done, not when its asker has left: work is never heaped up.
            nonlocal begun
            begun = True
            try:
                return work()
            finally:
                with contextlib.suppress(RuntimeError):
                    anyio.from_thread.run_sync(limiter.release_on_behalf_of, place)

        try:
            return await anyio.to_thread.run_sync(working, limiter=self._threads(), abandon_on_cancel=True)
        except GalacticaError:
            raise
        except Exception:
            _LOG.exception("could not answer a request")
            raise GalacticaError("Something went wrong in the library.", "Try again.") from None
        finally:
            if not begun:
                with contextlib.suppress(RuntimeError):
                    limiter.release_on_behalf_of(place)

    def _threads(self) -> anyio.CapacityLimiter:
        """No limit of its own: places are taken before."""
        if self._all is None:
            self._all = anyio.CapacityLimiter(AT_ONCE + READING)
        return self._all


def check_arguments(tool: OfferedTool, given: Mapping[str, Any]) -> None:
    """Hold arguments against a tool's schema.

    Raises:
        UsageError: they do not fit; it names the field.
    """
    error = best_match(_VALIDATORS[tool.name].iter_errors(given))
    if error is not None:
        field = error.json_path.removeprefix("$.").removeprefix("$") or "the arguments"
        problem = f"{tool.name}: {wording.safe_line(field, 60)}: {wording.safe_line(error.message, 200)}."
        raise UsageError(problem, f"Arguments are {', '.join(_VALIDATORS[tool.name].schema['properties'])}.")


def failed(error: GalacticaError) -> types.CallToolResult:
    """An error as a tool's result."""
    words = wording.safe_line(f"{error.problem} {error.remedy}", 2000)
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=words)],
        structured_content=plain(problem_document(error)),
        is_error=True,
    )


def _refused(error: GalacticaError) -> MCPError:
    code = types.INVALID_PARAMS if isinstance(error, UsageError) else types.INTERNAL_ERROR
    return MCPError(code, wording.safe_line(f"{error.problem} {error.remedy}", 1000))
