"""Calling a model: what is sent, where to, and every way in which it goes wrong."""

from __future__ import annotations

import threading

import pytest

pytest.importorskip("pydantic_ai")
pytest.importorskip("openai")

from dataclasses import replace

from galactica.ask.models import INSTRUCTIONS, FailedError, Model, call_model, model_at
from galactica.errors import UsageError
from tests.ask.models import scripted as behaviour
from tests.ask.models.scripted import scripted

DATA = '<data>\n{"number": 1, "quotation": "Warsaw lies on the Vistula. It is old."}\n</data>'


def asked(script, *, seconds: float = 20.0, tokens: int = 64, environment=None, **more) -> tuple[str, behaviour.Server]:
    with scripted(script) as server:
        model = model_at(server.url, "scripted", seconds=seconds, tokens=tokens, **more)
        return call_model(model, INSTRUCTIONS, DATA, environment=environment or {}).text, server


def test_a_good_model_is_heard_to_its_end():
    text, server = asked(behaviour.good)
    assert text == "Warsaw lies on the Vistula. [1]"
    (request,) = server.requests
    assert server.paths == ["/v1/chat/completions"]
    assert request["model"] == "scripted"
    assert request["max_tokens"] == 64
    assert request["stream"] is True
    assert "tools" not in request
    assert [message["role"] for message in request["messages"]] == ["system", "user"]


def test_nothing_of_the_environment_goes_along(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("OPENAI_ADMIN_KEY", "sk-admin")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-secret")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Secret: secret\nAuthorization: Bearer secret")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/never")
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    text, server = asked(behaviour.good)
    assert text
    (headers,) = server.headers
    assert "secret" not in str(headers)
    assert "authorization" not in headers
    assert set(headers) <= {
        "host",
        "accept",
        "content-type",
        "content-length",
        "accept-encoding",
        "user-agent",
        "connection",
    }


def test_the_key_goes_along_only_where_its_variable_was_named():
    _, server = asked(behaviour.good, key_from="MY_KEY", environment={"MY_KEY": "k123"})
    assert server.headers[0]["authorization"] == "Bearer k123"


def test_a_key_that_was_promised_and_is_not_there_is_said_before_anything_is_called():
    with scripted(behaviour.good) as server:
        model = model_at(server.url, "scripted", key_from="MY_KEY")
        for environment in ({}, {"MY_KEY": ""}, {"MY_KEY": "two\r\nX-More: lines"}, {"MY_KEY": "ключ"}):
            with pytest.raises(UsageError, match="MY_KEY"):
                call_model(model, INSTRUCTIONS, DATA, environment=environment)
        assert not server.requests


@pytest.mark.parametrize(
    "script",
    [
        behaviour.malformed,
        behaviour.wrong_shape,
        behaviour.a_page,
        behaviour.binary,
        behaviour.truncated,
        behaviour.cut_chunk,
        behaviour.filtered,
        behaviour.rambling,
        behaviour.flooding,
        behaviour.too_long,
        behaviour.thinking_for_ever,
        behaviour.failing,
        behaviour.busy,
        behaviour.packed,
        behaviour.calling_tools,
        behaviour.says(""),
        behaviour.says("   \n "),
    ],
    ids=lambda script: script.__name__,
)
def test_what_is_no_answer_is_a_failure_that_repeats_nothing_of_it(script):
    with pytest.raises(FailedError) as failure:
        asked(script)
    said = str(failure.value)
    assert not [word for word in ("evil", "secret", "http", "{") if word in said]
    assert said.endswith(tuple("abcdefghijklmnopqrstuvwxyz0123456789"))


@pytest.mark.parametrize("script", [behaviour.slow, behaviour.silent, behaviour.dripping], ids=lambda s: s.__name__)
def test_a_slow_model_is_left_when_its_time_is_over(script):
    with pytest.raises(FailedError, match="within 1 seconds"):
        asked(script, seconds=1.0)


def test_nobody_listening_is_a_failure():
    with scripted(behaviour.good) as server:
        url = server.url
    with pytest.raises(FailedError, match="cannot be reached"):
        call_model(model_at(url, "scripted", seconds=10), INSTRUCTIONS, DATA)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused_wherever_it_leads(status):
    with scripted(behaviour.good) as elsewhere:
        for place in (f"{elsewhere.url}/chat/completions", "/v1/other", "https://api.example/v1/chat/completions"):
            with pytest.raises(FailedError, match="another address"):
                asked(behaviour.redirect_to(place, status))
        assert not elsewhere.paths


def test_a_request_is_made_once_and_never_again():
    with scripted(behaviour.failing) as server:
        with pytest.raises(FailedError):
            call_model(model_at(server.url, "scripted"), INSTRUCTIONS, DATA)
        assert len(server.requests) == 1


def test_bytes_are_bounded():
    with scripted(behaviour.says("A long reply. " * 100)) as server:
        model = replace(model_at(server.url, "scripted", tokens=8000), size=2000)
        with pytest.raises(FailedError, match="more than it may"):
            call_model(model, INSTRUCTIONS, DATA)


def test_it_can_be_called_where_a_loop_is_running_already():
    import asyncio

    async def within() -> str:
        with scripted(behaviour.good) as server:
            return call_model(model_at(server.url, "scripted"), INSTRUCTIONS, DATA).text

    assert asyncio.run(within()) == "Warsaw lies on the Vistula. [1]"


def test_no_thread_is_left_behind_by_a_good_call():
    asked(behaviour.good)
    assert not [thread for thread in threading.enumerate() if thread.name == "galactica-model"]


def test_what_is_thought_is_not_said():
    def script(talk: behaviour.Talk) -> None:
        talk.head()
        talk.piece(None, reasoning_content="The user wants a river. ")
        talk.piece("The Vistula. [1]")
        talk.end()

    assert asked(script)[0] == "The Vistula. [1]"
    assert asked(behaviour.says("<think>Is it the Odra?</think>The Vistula. [1]"))[0] == "The Vistula. [1]"


def test_the_package_is_not_loaded_before_a_model_is_called():
    import subprocess
    import sys

    code = (
        "import sys, galactica.ask.models as m; m.model_at('http://localhost:1/v1', 'm');"
        "print(int('pydantic_ai' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_a_model_shows_no_key():
    model = model_at("https://models.example/v1", "m", key_from="MY_KEY")
    assert isinstance(model, Model)
    assert "MY_KEY" in repr(model)
