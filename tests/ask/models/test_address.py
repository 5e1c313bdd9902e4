"""Which addresses name a model, and which are turned away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.ask.models import model_at
from galactica.errors import UsageError


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("http://127.0.0.1:8080/v1#qwen", "http://127.0.0.1:8080/v1"),
        ("http://127.0.0.1:8080/v1/#qwen", "http://127.0.0.1:8080/v1"),
        ("HTTP://LocalHost:11434/v1#llama3.2:3b", "http://localhost:11434/v1"),
        ("http://[::1]:8000/v1#m", "http://[::1]:8000/v1"),
        ("https://models.example/api/v1/chat/completions#org/model", "https://models.example/api/v1"),
        ("http://127.0.0.1:8080#m", "http://127.0.0.1:8080"),
    ],
)
def test_an_address_is_kept_in_one_form(typed, kept):
    model = model_at(typed)
    assert model.url == kept
    assert model.name == typed.partition("#")[2]


def test_a_name_that_is_given_apart_comes_first():
    assert model_at("http://localhost/v1#one", "two").name == "two"


@pytest.mark.parametrize(
    "typed",
    [
        "#m",
        "localhost:8080/v1#m",
        "ftp://localhost/v1#m",
        "file:///etc/passwd#m",
        "javascript:alert(1)#m",
        "http://#m",
        "http:///v1#m",
        "http://user:secret@localhost/v1#m",
        "http://localhost/v1?key=secret#m",
        "http://localhost:99999/v1#m",
        "http://localhost:port/v1#m",
        "http://[::1/v1#m",
        "http://local host/v1#m",
        "http://localhost/v1/../admin#m",
        "http://localhost/\x00#m",
        "http://" + "a" * 3000 + "#m",
        "http://localhost/v1",
        "http://localhost/v1#",
        "http://localhost/v1#a\nb",
        "http://localhost/v1#" + "n" * 300,
    ],
)
def test_what_names_no_model_is_refused_without_repeating_a_secret(typed):
    with pytest.raises(UsageError) as refused:
        model_at(typed)
    assert "secret" not in refused.value.problem + refused.value.remedy


@given(st.text(max_size=80), st.text(max_size=20))
def test_any_text_is_an_address_or_a_usage_error(url, name):
    try:
        model = model_at(url, name)
    except UsageError:
        return
    assert model.url.startswith(("http://", "https://"))
    assert model.name


def test_a_key_crosses_a_network_only_encrypted():
    assert model_at("https://models.example/v1#m", key_from="KEY").key_from == "KEY"
    assert model_at("http://127.0.0.1/v1#m", key_from="KEY").key_from == "KEY"
    with pytest.raises(UsageError, match="in clear"):
        model_at("http://models.example/v1#m", key_from="KEY")


def test_a_key_typed_where_its_variable_belongs_is_not_repeated():
    with pytest.raises(UsageError) as refused:
        model_at("https://models.example/v1#m", key_from="sk-abc-123")
    assert "sk-abc" not in refused.value.problem + refused.value.remedy


@pytest.mark.parametrize(("seconds", "tokens"), [(0, 100), (601, 100), (float("nan"), 100), (10, 1), (10, 10**9)])
def test_bounds_have_bounds(seconds, tokens):
    with pytest.raises(UsageError):
        model_at("http://localhost/v1#m", seconds=seconds, tokens=tokens)


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://localhost/v1", True),
        ("http://127.3.2.1/v1", True),
        ("http://[::1]/v1", True),
        ("http://192.168.1.5/v1", False),
        ("https://localhost.example/v1", False),
        ("https://127.0.0.1.example/v1", False),
    ],
)
def test_a_model_knows_whether_it_is_on_this_machine(url, local):
    assert model_at(url, "m").local is local
