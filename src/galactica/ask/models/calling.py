"""Calling a model: one request, one streamed reply, within its time; pydantic-ai is loaded here and nowhere else.

A call has a thread and an event loop of its own, so that whoever asks may have one or not, and so that nothing in it
(a name that does not resolve, a server that stops in the middle) can hold the answer longer than its time.
"""

from __future__ import annotations

import asyncio
import os
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec

from galactica.ask.models.address import Model
from galactica.errors import MissingError, UsageError

CHARACTERS = 8
"""Of text a token has at most, on the average of a reply: a server that counts no tokens is stopped there. English has
4 to 5, long German words 6."""

LEAVING = 0.5
"""Seconds in which a call that is over its time has to go before it is left alone."""

_THOUGHT = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL)
"""What some servers leave of a model's thinking in what it says."""


class FailedError(Exception):
    """A model gave nothing that can be used; the message says why, in words for a person, without any of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelReply:
    """What a model wrote, and how long it took."""

    text: str
    seconds: float


def installed() -> bool:
    """Whether the extra that calls models is there."""
    return find_spec("pydantic_ai") is not None and find_spec("openai") is not None


def key_of(model: Model, environment: Mapping[str, str] | None = None) -> str:
    """The key that the person's variable holds; "" where the model has none.

    Raises:
        UsageError: the variable is not set, or holds what no header can.
    """
    if not model.key_from:
        return ""
    key = (os.environ if environment is None else environment).get(model.key_from, "").strip()
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise UsageError(
            f"The variable {model.key_from} holds no key for the model {model.name}.",
            "Set it, or choose the model without --key-from.",
        )
    return key


def call_model(
    model: Model, instructions: str, data: str, *, environment: Mapping[str, str] | None = None
) -> ModelReply:
    """What the model writes.

    Args:
        model: who is asked.
        instructions: what to do, from us.
        data: the question and what it is answered from.
        environment: where the key is looked up; None is the process's own.

    Raises:
        MissingError: the extra is not installed.
        UsageError: there is no key where one was promised.
        FailedError: it cannot be reached, was too slow, wrote too much, broke off, refused, or sent what is no reply.
    """
    if not installed():
        raise MissingError("Calling a language model needs pydantic-ai.", 'Run: pip install "galactica[model]"')
    key = key_of(model, environment)
    outcome: list[str | BaseException] = []

    def work() -> None:
        try:
            outcome.append(asyncio.run(_timed(model, key, instructions, data)))
        except BaseException as error:  # the thread ends here, and what happened is told to whoever waits
            outcome.append(error)

    begun = time.monotonic()
    thread = threading.Thread(target=work, name="galactica-model", daemon=True)
    thread.start()
    thread.join(model.seconds + LEAVING)
    if not outcome:
        raise FailedError(f"it did not answer within {model.seconds:g} seconds")
    result = outcome[0]
    if isinstance(result, str):
        return ModelReply(text=result, seconds=time.monotonic() - begun)
    if isinstance(result, FailedError):
        raise result
    if isinstance(result, TimeoutError):
        raise FailedError(f"it did not answer within {model.seconds:g} seconds")
    if isinstance(result, Exception):
        raise FailedError("what came from its address is no reply of a model") from result
    raise result


def warm_up() -> None:
    """Load in the background what a call needs (some two seconds), while the question is still being looked into."""

    def load() -> None:
        try:
            from pydantic_ai.models.openai import OpenAIChatModel  # noqa: F401
        except ImportError:
            return  # `call_model` says so

    if installed():
        threading.Thread(target=load, name="galactica-model-loading", daemon=True).start()


async def _timed(model: Model, key: str, instructions: str, data: str) -> str:
    async with asyncio.timeout(model.seconds):
        return await _streamed(model, key, instructions, data)


async def _streamed(model: Model, key: str, instructions: str, data: str) -> str:
    """One reply, as it comes in."""
    import httpx2
    from openai import AsyncOpenAI
    from pydantic_ai import ModelRequest
    from pydantic_ai.direct import model_request_stream
    from pydantic_ai.exceptions import AgentRunError, ModelHTTPError
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.profiles.openai import OpenAIModelProfile
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider
    from pydantic_ai.settings import ModelSettings

    from galactica.ask.models.gate import Gate

    gate = Gate(model, key)
    # Each of these is said, because what is not said is looked up in the environment; the gate holds it all the same.
    client = AsyncOpenAI(
        base_url=model.url,
        api_key="none",
        admin_api_key="",
        organization="",
        project="",
        webhook_secret="",
        max_retries=0,
        timeout=model.seconds,
        http_client=httpx2.AsyncClient(transport=gate, trust_env=False, follow_redirects=False),
    )
    profile = OpenAIModelProfile(openai_chat_supports_max_completion_tokens=False)
    provider = OpenAICompatibleProvider("chosen", openai_client=client, profile=profile)
    asked = ModelRequest.user_text_prompt(data, instructions=instructions)
    settings = ModelSettings(max_tokens=model.tokens, temperature=0.0, timeout=model.seconds)
    most = model.tokens * CHARACTERS
    written: dict[int, str] = {}
    try:
        async with model_request_stream(
            OpenAIChatModel(model.name, provider=provider), [asked], model_settings=settings, instrument=False
        ) as stream:
            count = 0
            async for event in stream:
                count += _take(event, written)
                if count > most:
                    raise FailedError("it wrote more than it may and did not come to an end")
            reason = stream.get().finish_reason
    except ModelHTTPError as error:
        raise FailedError(f"its server answered with the error {error.status_code}") from error
    except (AgentRunError, httpx2.HTTPError) as error:
        raise FailedError(gate.shut or "it cannot be reached, or what it sends is no reply of a model") from error
    finally:
        await client.close()
    if reason == "length":
        raise FailedError("it wrote more than it may and did not come to an end")
    if reason == "content_filter":
        raise FailedError("it refused")
    if b"[DONE]" not in gate.tail:  # how such a stream ends; a connection that is cut looks like an end as well
        raise FailedError("it broke off in the middle")
    text = _THOUGHT.sub("", "".join(written[number] for number in sorted(written))).strip()
    if not text:
        raise FailedError("it wrote nothing")
    return text


def _take(event: object, written: dict[int, str]) -> int:
    """Keep the text of an event (what a model thinks is counted, not kept; tools it has none); its length."""
    from pydantic_ai.messages import PartDeltaEvent, PartStartEvent, TextPart, TextPartDelta, ThinkingPartDelta

    if isinstance(event, PartStartEvent):
        if isinstance(event.part, TextPart):
            written[event.index] = event.part.content
            return len(event.part.content)
        return 1
    if isinstance(event, PartDeltaEvent):
        if isinstance(event.delta, TextPartDelta):
            written[event.index] = written.get(event.index, "") + event.delta.content_delta
            return len(event.delta.content_delta)
        if isinstance(event.delta, ThinkingPartDelta):
            return len(event.delta.content_delta or "")
        return 1
    return 0
