"""The page of a language model: what it tells, where its samples lead, and what a training.json may not do to it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from galactica.errors import InputError
from galactica.library.language_models import told_of_model
from galactica.train.views import licence_duties
from galactica.web import create_app, words
from galactica.web.models import ASKS, ShownModel, shown_models
from galactica.wire.training import ModelTraining, model_training
from tests.web.shelf import FakeLibrary
from tests.web.visitor import Visitor

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
WRITTEN = "A comet is <ice>; see the belt beyond Neptune and more."


def told(root: str = "ab" * 32, **changes: Any) -> dict[str, Any]:
    """What a training.json says."""
    place = {
        "title": "Kuiper <belt>",
        "edition": root,
        "source": "testwiki",
        "path": "A/Kuiper belt",
        "date": "2024-04-30",
        "licence": "CC-BY-SA-4.0",
        "address": "javascript:alert(1)",
        "passage": [2, 20],
    }
    span = {"start": 21, "end": 45, "bytes": 24, "count": 3, "places": [place]}
    return {
        "name": "light",
        "program": "galactica 0",
        "parameters": 1_311_872,
        "bytes": 5_251_536,
        "view": {
            "name": "v",
            "hash": "cd" * 32,
            "documents": 1200,
            "bytes": 19_800_000,
            "held": 12,
            "editions": [{"root": root, "title": "Library & more"}, {"root": "ef" * 32, "title": ""}],
        },
        "licences": [{"name": "CC-BY-SA-4.0", "documents": 1, "asks": ["Name the source."]}],
        "sources": [
            {
                "title": "A <wiki>",
                "publisher": "The testers",
                "date": "2024-05-01",
                "licence": "CC-BY-SA-4.0",
                "url": "https://wiki.example/",
                "attribution": "By all.",
                "documents": 1200,
            }
        ],
        "steps": 300,
        "tokens": 1_228_800,
        "epochs": 0.25,
        "seconds": 300.5,
        "tokens_per_second": 4089.2,
        "device": "cpu",
        "curve": [
            {"steps": n, "tokens": 4096 * n, "seconds": n, "loss": 8.3 / n, "held": 3.2 / n if n % 2 else None}
            for n in range(1, 9)
        ],
        "held_back": {
            "documents": 12,
            "bytes": 200_000,
            "bits": 1.987,
            "beside": [{"name": "gzip -9", "bits": 2.9}, {"name": "xz -9e", "bits": 2.4}],
        },
        "samples": [
            {"prompt": "Comet\n\n", "text": WRITTEN, "spans": [span]},
            {"prompt": "", "text": "nothing", "spans": []},
            {"prompt": "", "text": "not traced", "spans": None},
        ],
        "command": "galactica train lm v light --size nano \\\n    --steps 300 && echo <b>",
        "unknown": 1,
        **changes,
    }


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def room(library: FakeLibrary) -> Visitor:
    given = model_training(told(library.editions[0].root), "light")
    return Visitor(create_app(library, models=[ShownModel(name="my light/1", training=given, picture=PNG)]))


ADDRESS = "/model/my%20light%2F1"


def test_the_page_tells_what_it_learned_from_how_well_and_how_it_is_made_again(room: Visitor) -> None:
    reply = room.get(ADDRESS)
    assert reply.status_code == 200
    for said in (
        "1.31 million parameters",
        "1,228,800",
        "1.987",
        "gzip -9",
        "CC BY-SA 4.0",
        "Name the source.",
        "The testers",
        "cd" * 32,
        "--steps 300 &amp;&amp; echo &lt;b&gt;",
        "A &lt;wiki&gt;",
        "Library &amp; more",
    ):
        assert said in reply.text, said
    assert "polyline" in reply.text
    assert "style=" not in reply.text
    assert "javascript:" not in reply.text


def test_what_stands_in_a_source_is_marked_and_leads_there(room: Visitor, library: FakeLibrary) -> None:
    page = room.get(ADDRESS).text
    assert f'class="gx-run gx-long-0">{WRITTEN[21:45]}</a>' in page
    assert "A comet is &lt;ice&gt;; s" in page
    assert f"{WRITTEN[21:45]}</q>" in page
    address = page.split("</q> <span")[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert "span=2-20" in address
    assert room.get(address.split("#")[0]).status_code == 200
    assert "44 % stand in its sources" in page
    assert page.count("longer than chance") == 1


def test_it_is_said_in_the_language_of_the_person(room: Visitor) -> None:
    page = room.get(ADDRESS, headers={"accept-language": "zh-CN"}).text
    assert "它写的文字" in page
    assert "每字节比特数" in page


def test_what_licences_ask_is_said_in_every_language(library: FakeLibrary) -> None:
    constants = {value for name, value in vars(licence_duties).items() if name.isupper() and isinstance(value, str)}
    assert constants == {words.CATALOGUES["en"](key) for key in ASKS}
    given = told(licences=[{"name": "MIT", "documents": 1, "asks": [licence_duties.NOTICE, "Something else."]}])
    room = Visitor(create_app(library, models=[ShownModel(name="m", training=model_training(given, "m"))]))
    assert licence_duties.NOTICE in room.get("/model/m").text
    page = room.get("/model/m", headers={"accept-language": "zh"}).text
    assert words.CATALOGUES["zh-Hans"]("asks_notice") in page
    assert "Something else." in page


def test_the_first_page_leads_to_it(room: Visitor, library: FakeLibrary) -> None:
    assert f'href="{ADDRESS}"' in room.get("/").text
    assert "gx-models" not in Visitor(create_app(library)).get("/").text


def test_the_curve_can_be_taken_along(room: Visitor) -> None:
    reply = room.get(f"{ADDRESS}/loss.png")
    assert (reply.headers["content-type"], reply.content) == ("image/png", PNG)


@pytest.mark.parametrize(
    "step", ["none", "my%20light%2F1/../x", "my%20light%2F1/model.safetensors", "my%20light%2F1/a/b"]
)
def test_nothing_else_is_found_there(room: Visitor, step: str) -> None:
    assert room.get(f"/model/{step}").status_code == 404


def test_models_of_one_name_have_addresses_of_their_own(tmp_path: Path) -> None:
    given = model_training(told(), "x")
    found = shown_models([(tmp_path / "a" / "m", given, b""), (tmp_path / "b" / "m", given, b"")])
    assert [each.address for each in found] == ["/model/m", "/model/m-2"]


@pytest.mark.parametrize(
    "changes",
    [
        {"curve": []},
        {"curve": [{"steps": 1, "tokens": 0, "seconds": 0, "loss": 0, "held": None}]},
        {"held_back": None},
        {"samples": []},
        {"held_back": {"documents": 0, "bytes": 0, "bits": 0, "beside": []}},
        {"sources": [], "licences": []},
    ],
)
def test_what_is_missing_is_left_out_of_the_page(library: FakeLibrary, changes: dict[str, Any]) -> None:
    given = model_training(told(**changes), "light")
    page = Visitor(create_app(library, models=[ShownModel(name="m", training=given)])).get("/model/m")
    assert page.status_code == 200


@pytest.mark.parametrize("span", [{"start": 5, "end": 5}, {"start": 9, "end": 3}, {"start": 0, "end": 10**9}])
def test_spans_that_are_none_are_passed_over(library: FakeLibrary, span: dict[str, int]) -> None:
    given = told()
    given["samples"][0]["spans"][0] |= span
    model = ShownModel(name="m", training=model_training(given, "m"))
    assert Visitor(create_app(library, models=[model])).get("/model/m").status_code == 200


def test_a_training_of_another_form_is_refused() -> None:
    good = told()
    assert isinstance(model_training(good, "m"), ModelTraining)
    for name in ModelTraining.__struct_fields__:
        for bad in (None if name != "held_back" else 3, -1, [[]], {"a": 1}, "x" * 10**6, float("nan")):
            with pytest.raises(InputError, match=r"training\.json of m"):
                model_training({**copy.deepcopy(good), name: bad}, "m")
    with pytest.raises(InputError):
        model_training({}, "m")
    with pytest.raises(InputError):
        model_training(told(curve=good["curve"] * 1000), "m")


def test_a_folder_that_says_nothing_is_refused_and_a_picture_that_is_none_is_left_out(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not say"):
        told_of_model(tmp_path)
    (tmp_path / "training.json").write_text(json.dumps(told()))
    (tmp_path / "loss.png").write_bytes(b"<svg onload=alert(1)>")
    assert told_of_model(tmp_path)[1] == b""
    (tmp_path / "loss.png").write_bytes(PNG)
    given, picture = told_of_model(tmp_path)
    assert (given["name"], picture) == ("light", PNG)
