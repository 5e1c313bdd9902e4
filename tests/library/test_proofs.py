"""Which article is meant by a name when a proof is asked for, with and without indexes; which roots are taken."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from galactica.errors import GalacticaError, InputError, ProofError, UsageError
from galactica.library import build, prove, proven_text, verify_proof
from galactica.model import article_id

from ..building.conftest import wiki


@pytest.fixture(scope="module")
def hills(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hills")
    pages = [
        ("Tall hill", "The '''tall hill''' is 900 metres high."),
        ("Low hill", "The low hill is not."),
        ("Great mound", "→Tall hill"),
    ]
    build(folder / "hills.edition", [wiki(folder / "hills.xml", pages)], workers=0, meaning=False)
    return folder / "hills.edition"


@pytest.mark.parametrize("indexed", [True, False], ids=["with indexes", "without"])
@pytest.mark.parametrize(
    "name", ["Tall hill", "tall hill", "Great mound", "Tall_hill", "Great_mound", "ID"], ids=lambda name: name
)
def test_an_article_is_found_by_any_of_its_names(hills: Path, tmp_path: Path, name: str, indexed: bool) -> None:
    wanted = verify_proof(prove(hills, "Tall hill").to_json().encode())
    assert wanted.article is not None
    edition = hills
    if not indexed:
        edition = Path(shutil.copytree(hills, tmp_path / "copy.edition"))
        shutil.rmtree(edition / "index")
    made = prove(edition, wanted.article.id.hex() if name == "ID" else name)
    assert verify_proof(made.to_json().encode(), root=wanted.root).article == wanted.article


def test_a_path_may_be_looked_for_in_one_source_alone(hills: Path) -> None:
    proof = prove(hills, "Tall hill")
    assert prove(hills, "Tall_hill", source="testwiki") == proof
    with pytest.raises(GalacticaError, match="no article"):
        prove(hills, "Tall_hill", source="another")


def test_of_a_title_in_several_sources_the_one_that_is_named_is_proved(tmp_path: Path) -> None:
    for name in ("east", "west"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "gate.html").write_text(f"<title>Gate</title><p>The {name} gate is open.</p>")
    build(tmp_path / "g.edition", [tmp_path / "east", tmp_path / "west"], workers=0, meaning=False)
    for name in ("east", "west"):
        for wanted in ("Gate", "gate.html"):
            found = verify_proof(prove(tmp_path / "g.edition", wanted, source=name).to_json().encode())
            assert proven_text(found) == f"The {name} gate is open."
            assert found.source is not None
            assert found.source.key == name


@pytest.mark.parametrize("indexed", [True, False], ids=["with indexes", "without"])
@pytest.mark.parametrize("wanted", ["Gate", "gate", "gate.html"])
def test_of_several_articles_of_one_name_none_is_taken_in_silence(tmp_path: Path, wanted: str, indexed: bool) -> None:
    for name in ("east", "west"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "gate.html").write_text(f"<title>Gate</title><p>The {name} gate is open.</p>")
    edition = tmp_path / "g.edition"
    build(edition, [tmp_path / "east", tmp_path / "west"], workers=0, meaning=False)
    if not indexed:
        shutil.rmtree(edition / "index")
    with pytest.raises(UsageError, match="2 articles are called") as told:
        prove(edition, wanted)
    assert "--source" in told.value.remedy
    for name in ("east", "west"):
        one = article_id(name, "gate.html").hex()
        assert f"{one} Gate ({name}, " in told.value.remedy
        assert proven_text(verify_proof(prove(edition, one).to_json().encode())) == f"The {name} gate is open."


@pytest.mark.parametrize("indexed", [True, False], ids=["with indexes", "without"])
def test_a_title_comes_before_the_same_name_of_another(tmp_path: Path, indexed: bool) -> None:
    pages = [("Mound", "A mound is low."), ("Hill", "A hill is high."), ("mound", "→Hill")]
    edition = tmp_path / "m.edition"
    build(edition, [wiki(tmp_path / "m.xml", pages)], workers=0, meaning=False)
    if not indexed:
        shutil.rmtree(edition / "index")
    for wanted in ("Mound", "MOUND"):
        assert proven_text(verify_proof(prove(edition, wanted).to_json().encode())) == "A mound is low."


def test_what_is_not_there_is_said(hills: Path) -> None:
    for name in ("Deep sea", "0" * 32, "\udcff", ""):
        with pytest.raises(GalacticaError, match="no article"):
            prove(hills, name)
    with pytest.raises(GalacticaError) as told:
        prove(hills, "Tal hil")
    assert told.value.remedy == "Did you mean: Tall hill?"
    with pytest.raises(GalacticaError, match="among its sources"):
        prove(hills, "nothing", table="sources")
    for table in ("passages", "rejected", "nonsense"):
        with pytest.raises(UsageError, match="No table") as told:
            prove(hills, "x", table=table)
        assert told.value.remedy.startswith("There are: articles, edition, files")
    with pytest.raises(UsageError, match="SHA-256"):
        prove(hills, "picture.png", table="media")


def test_a_root_is_taken_in_the_forms_in_which_it_is_written(hills: Path) -> None:
    proof = prove(hills, "Low hill")
    raw = proof.to_json().encode()
    for root in (proof.root, proof.root.upper(), f" {proof.root}\n", f"galactica:{proof.root}"):
        assert verify_proof(raw, root=root).compared
    assert not verify_proof(raw).compared
    for root in (proof.root[:-1], "x" * 64, " ", proof.root + "0"):
        with pytest.raises(UsageError):
            verify_proof(raw, root=root)


def test_a_proof_is_read_from_a_file_or_a_stream(hills: Path, tmp_path: Path) -> None:
    raw = prove(hills, "Low hill").to_json().encode()
    file = tmp_path / "low.proof"
    file.write_bytes(raw)
    assert verify_proof(file) == verify_proof(io.BytesIO(raw)) == verify_proof(raw)
    file.write_bytes(raw[:-1])
    with pytest.raises(ProofError):
        verify_proof(file)
    for unreadable in (tmp_path, tmp_path / "missing"):
        with pytest.raises(InputError):
            verify_proof(unreadable)


def test_the_text_of_a_proven_article_is_its_projection(hills: Path) -> None:
    assert proven_text(verify_proof(prove(hills, "Tall hill").to_json().encode())) == (
        "The tall hill is 900 metres high."
    )
    assert proven_text(verify_proof(prove(hills, "testwiki", table="sources").to_json().encode())) is None
