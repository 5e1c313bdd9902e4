"""The page of a question: its head is sent at once, what is being done as it is done, and then the answer.

So a person sees at once that the question was heard, in any browser and without a script. What was done is shown small
and gives way to the answer when that comes; it can be read under "show the work".
"""

from __future__ import annotations

from asyncio import get_running_loop
from concurrent.futures import Executor
from contextlib import aclosing

from starlette.types import Receive, Scope, Send

from galactica.errors import EditionError, GalacticaError
from galactica.model import LEAST_TOLD, Answer, Step, Verdict, times_in_ten
from galactica.model.said import Said
from galactica.web import security
from galactica.web.asking import attended, foreign, wanted
from galactica.web.counter import Counter
from galactica.web.desk import Desk
from galactica.web.exchange import HTML, Reply, WebRequest, redirect
from galactica.web.kinds import RESEARCHERS
from galactica.web.quoting import Quoter
from galactica.wire.asked import MAX_QUESTION

CUT = "<!--gx-answer-->"
"""Where the page is cut in two: its head is sent before the answer is known. No text can hold it: `<` is escaped."""

_OF_READER = ("rules-read",)
"""Codes of the notes that say who read, and why."""

_VERDICTS = {
    Verdict.ANSWERED: "verdict_answered",
    Verdict.PROBABLY: "verdict_probably",
    Verdict.NOT_FOUND: "verdict_not_found",
    Verdict.DISPUTED: "verdict_disputed",
}


class AskPage:
    """`/ask`, for `app.Attended`.

    Args:
        pool: where what was found is read and written down as a page.
    """

    def __init__(self, desk: Desk, counter: Counter, pool: Executor) -> None:
        self._desk = desk
        self._counter = counter
        self._pool = pool

    async def __call__(self, request: WebRequest, scope: Scope, receive: Receive, send: Send) -> Reply | None:
        """An answer to be delivered, or None where it was streamed.

        Raises:
            GalacticaError: whatever kept the question from being asked at all.
        """
        if not request.text("q", limit=MAX_QUESTION):
            return redirect("/")
        wish, offered = wanted(request), foreign(request.headers)
        page = self._desk.renderer.page(
            "ask",
            request,
            query=wish.question,
            asking=True,
            choices=self._desk.choices,
            chosen_language=wish.language,
            chosen_source=wish.sources[0] if wish.sources else "",
            group=wish.group,
            fast=wish.fast,
            cut=CUT,
            offered=offered,
            headers=((b"cache-control", b"no-store"),),
        )
        if scope["method"] == "HEAD" or offered:
            return page
        loop = get_running_loop()
        begun = loop.time()
        head, _, tail = page.body.partition(CUT.encode())
        async with aclosing(attended(self._counter.take(wish), receive)) as events:
            start = [(b"content-type", HTML), *page.headers, (b"x-accel-buffering", b"no"), *security.PAGE]
            await send({"type": "http.response.start", "status": 200, "headers": start})
            await send({"type": "http.response.body", "body": head, "more_body": True})
            try:
                async for event in events:
                    body = await loop.run_in_executor(self._pool, self._piece, request, event, loop.time() - begun)
                    await send({"type": "http.response.body", "body": body, "more_body": True})
            except GalacticaError as error:
                shown = self._desk.damage(error) if isinstance(error, EditionError) else error
                body = self._desk.renderer.piece("answer", request, error=shown)
                await send({"type": "http.response.body", "body": body, "more_body": True})
        await send({"type": "http.response.body", "body": tail, "more_body": False})
        return None

    def _piece(self, request: WebRequest, event: Step | Answer, seconds: float) -> bytes:
        quoter = Quoter(self._desk)
        if isinstance(event, Step):
            return self._desk.renderer.piece("step", request, step=event, known=RESEARCHERS)
        return self._desk.renderer.piece(
            "answer",
            request,
            error=None,
            answer=event,
            verdict=_VERDICTS[event.verdict],
            reader_told=any(isinstance(note, Said) and note.code in _OF_READER for note in event.notes),
            times=times_in_ten(event.confidence),
            hopeful=event.confidence >= LEAST_TOLD,
            sentences=quoter.sentences(event),
            sides=quoter.sides(event),
            besides=quoter.besides(event),
            series=quoter.series(event),
            near=quoter.near(event),
            work=quoter.work(event.work),
            seconds=seconds,
            known=RESEARCHERS,
        )
