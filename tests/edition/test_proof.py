"""Proofs: made two ways that agree, computed again from the document alone, and refused where anything was changed."""

from __future__ import annotations

import base64
import dataclasses
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.edition import Edition, decode, record
from galactica.edition.nodes import LEAVES
from galactica.edition.proof import MAX_MARKS, MAX_PROOF, InclusionProof, Member, check_proof, read_proof
from galactica.edition.proving import prove_article, prove_record
from galactica.errors import EditionError, ProofError
from galactica.library import build
from galactica.model import Alias, Article, article_id
from tests.properties import examples

from ..building.conftest import wiki
from . import independent
from .test_record import ARTICLE, PART, SOURCE, STATEMENT, STATEMENT_FIELDS, WORK, fields_of

COMPAT = Path(__file__).parent.parent / "compat"
ARTICLES = 3 * LEAVES - 20


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of some blocks of articles, with as many redirects among them."""
    folder = tmp_path_factory.mktemp("towns")
    pages = [(f"Town {n}", f"Town {n} has {n * 7 + 1} houses and one market.") for n in range(ARTICLES)]
    pages += [(f"City {n}", f"→Town {n}") for n in range(0, ARTICLES, 2)]
    build(folder / "towns.edition", [wiki(folder / "towns.xml", pages)], workers=0, meaning=False)
    return folder / "towns.edition"


@pytest.fixture
def copy(towns: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(towns, tmp_path / "copy.edition"))


@pytest.fixture(scope="module")
def text(towns: Path) -> str:
    with Edition.open(towns) as edition:
        return prove_article(edition, 11).to_json()


def all_of(edition: Path, rows: Iterable[int]) -> list[str]:
    """Proofs, and none may have looked at an index."""
    shutil.rmtree(edition / "index")
    with Edition.open(edition) as opened:
        return [prove_article(opened, row).to_json() for row in rows]


def test_by_64_articles_or_by_all_the_proof_is_the_same_and_holds(towns: Path, copy: Path) -> None:
    told: list[int] = []
    with Edition.open(towns) as edition:
        assert len(edition) == ARTICLES
        made = [
            prove_article(edition, row, report=lambda stage, done, total, unit: told.append(done)).to_json()
            for row in range(0, ARTICLES, 9)
        ]
        root = edition.root
        articles = [edition.article(row) for row in range(0, ARTICLES, 9)]
    assert told == []  # nothing but the 64 was read
    assert made == all_of(copy, range(0, ARTICLES, 9))
    found = [check_proof(read_proof(each.encode()), root) for each in made]
    assert [each.article for each in found] == articles
    assert {each.compared for each in found} == {True}


@pytest.mark.parametrize("name", ["nodes", "ids"])
@pytest.mark.parametrize("what", ["missing", "shorter", "zeros", "shifted"])
def test_an_index_that_is_wrong_costs_time_and_changes_nothing(copy: Path, text: str, name: str, what: str) -> None:
    file = copy / "index" / name
    raw = file.read_bytes()
    file.unlink()
    if what != "missing":
        file.write_bytes({"shorter": raw[:-3], "zeros": bytes(len(raw)), "shifted": raw[1:] + raw[:1]}[what])
    told: list[int] = []
    with Edition.open(copy) as edition:
        made = prove_article(edition, 11, report=lambda stage, done, total, unit: told.append(done))
    assert made.to_json() == text
    assert told[-1] == ARTICLES


def test_an_edition_that_is_damaged_is_not_proved(copy: Path) -> None:
    file = copy / "data" / "articles" / "00000.parquet"
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 3] ^= 8
    file.write_bytes(raw)
    with Edition.open(copy) as edition, pytest.raises(EditionError):
        [prove_article(edition, row) for row in range(ARTICLES)]


def records_of(edition: Edition) -> dict[str, list[bytes]]:
    """All records of an edition by the independent encoder, from what its reader gives."""
    version = edition.statement.format

    def plain(value: object) -> dict[str, object]:
        fields = {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}  # type: ignore[arg-type]
        if version == 1:
            fields.pop("creators", None)
        return fields

    s = edition.statement
    about: dict[str, object] = {
        "format": version,
        "number": s.number if version >= 2 else 0,
        "title": s.title,
        "parent": bytes.fromhex(s.parent),
        "languages": sorted(tag for tag, _ in s.languages),
        "licences": sorted(s.licences),
    }
    media = [item for item, _ in edition.media.items()]
    statements = [
        plain(each)
        | {
            "qualifiers": [quoted(q) for q in each.qualifiers],
            "references": [[quoted(q) for q in several] for several in each.references],
        }
        for each in edition.statements()
    ]
    rows: dict[str, list[dict[str, object]]] = {
        "articles": [fields_of(article, version) for _, article in edition.scan()],
        "edition": [about],
        "files": [{"hash": m.hash, "source": source, "path": path} for m in media for source, path in m.names],
        "media": [{"hash": m.hash, "mime": m.mime, "size": m.size} for m in media],
        "sources": [plain(source) for source in edition.sources],
        "works": [plain(work) for work in edition.works()],
        "statements": statements,
    }
    return {name: independent.in_order(name, each) for name, each in rows.items() if version >= 2 or each}


def quoted(qualifier: object) -> list[str]:
    plain = list(dataclasses.astuple(qualifier))
    return plain if plain[3] else plain[:3]


@pytest.mark.parametrize("name", ["edition-v1", "edition-v2"])
def test_the_independent_encoder_writes_the_same_proof_of_every_article(name: str) -> None:
    with Edition.open(COMPAT / name) as edition:
        records = records_of(edition)
        sources = [source.key for source in sorted(edition.sources, key=lambda source: source.key)]
        works = [(work.source, work.path) for work in edition.works()]
        for row in range(len(edition)):
            article = edition.article(row)
            made = prove_article(edition, row)
            members = [("articles", made.members[0].index), ("edition", 0), ("sources", sources.index(article.source))]
            if article.work:
                members.append(("works", works.index((article.source, article.work))))
            assert made.to_json() == independent.proof(edition.statement.format, records, members)
            found = check_proof(read_proof(made.to_json().encode()), edition.root)
            assert found.article == article
            assert found.source == edition.source(article.source)
            assert found.work == (edition.work(article.source, article.work) if article.work else None)


def test_the_independent_encoder_writes_the_same_proof_among_many(towns: Path) -> None:
    with Edition.open(towns) as edition:
        records = records_of(edition)
        for row in (0, 64, ARTICLES - 1):
            made = prove_article(edition, row)
            members = [("articles", made.members[0].index), ("edition", 0), ("sources", 0)]
            assert made.to_json() == independent.proof(2, records, members)


def test_what_is_no_article_is_proved_too() -> None:
    with Edition.open(COMPAT / "edition-v2") as edition:
        item, content = next(iter(edition.media.items()))
        work = edition.works()[0]
        stated = next(iter(edition.statements()))
        keys = {
            "media": item.hash,
            "files": "\0".join(item.names[0]).encode(),
            "sources": work.source.encode(),
            "works": f"{work.source}\0{work.path}".encode(),
            "statements": f"{stated.source}\0{stated.path}".encode(),
            "edition": b"",
        }
        for table, key in keys.items():
            made = prove_record(edition, table, key)
            assert made is not None
            found = check_proof(read_proof(made.to_json().encode()), edition.root)
            assert found.table == table
            assert found.article is None
            if table == "media":
                assert found.fields["size"] == len(content)
            if table == "statements":
                assert found.fields["value"] == stated.value
            assert prove_record(edition, table, b"no such") is None or table == "edition"


def test_a_proof_is_one_of_the_edition_that_the_person_knows_or_none(text: str) -> None:
    proof = read_proof(text.encode())
    assert check_proof(proof).compared is False
    assert check_proof(proof, proof.root).compared is True
    with pytest.raises(ProofError, match="speaks of the edition"):
        check_proof(proof, "0" * 64)


def refused(raw: bytes) -> bool:
    try:
        check_proof(read_proof(raw))
    except (ProofError, EditionError):
        return True
    return False


def test_every_byte_counts(text: str) -> None:
    raw = text.encode()
    assert not refused(raw)
    for mask in (0x01, 0x20):
        for place in range(len(raw)):
            assert refused(raw[:place] + bytes([raw[place] ^ mask]) + raw[place + 1 :]), (mask, place)


@examples(300)
@given(st.data())
def test_whatever_is_changed_inserted_or_cut_out_is_refused(text: str, data: st.DataObject) -> None:
    raw = text.encode()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 80)))
    other = data.draw(st.binary(max_size=80))
    changed = raw[:start] + other + raw[end:]
    assert changed == raw or refused(changed)


@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_any_other_file_is_refused(raw: bytes) -> None:
    assert refused(raw)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"proof": 1', '"proof": 1.0'),
        ('"proof": 1', '"proof": true'),
        ('"proof": 1', '"proof": ' + "1" * 5000),
        ('"proof": 1', '"proof": -1'),
        ('"proof": 1', '"proof": 0'),
        ('"proof": 1', '"proof": 1,\n "proof": 1'),
        ('"proof": 1', '"note": "\\ud800",\n "proof": 1'),
        ('"format": 2', '"format": 1'),
        ('"format": 2', '"format": 0'),
        ('"table": "sources"', '"table": "works"'),
        ('"table": "sources"', '"table": "passages"'),
        ('"table": "sources"', '"table": "\\u0073ources"'),
        ('"table": "sources"', '"table": ["sources"]'),
        ('"path": []', '"path": ""'),
        ('"path": []', '"path": [[]]'),
        ('"path": []', '"path": ["' + "0" * 64 + '"]'),
        ('"index": 0', '"index": 1'),
        ('"index": 0', '"index": 2147483648'),
        ('"index": 0', '"index": null'),
        (' "records": [', ' "records": [null, '),
        ("\n", "\r\n"),
        ("{\n", "{ \n"),
    ],
)
def test_what_says_another_thing_or_the_same_in_another_way_is_refused(text: str, old: str, new: str) -> None:
    assert old in text
    assert refused(text.replace(old, new).encode())


def test_versions_to_come_are_told_from_damage(text: str) -> None:
    for old, new in (('"proof": 1', '"proof": 2'), ('"format": 2', '"format": 3')):
        with pytest.raises(EditionError, match="version"):
            read_proof(text.replace(old, new).encode())


def test_an_index_outside_of_the_tree_and_the_place_of_another_are_refused(text: str) -> None:
    document = json.loads(text)
    own = document["records"][0]["index"]
    for index in {*range(ARTICLES + 2), 2**31 - 1} - {own}:
        document["records"][0]["index"] = index
        assert refused((json.dumps(document, indent=1, sort_keys=True) + "\n").encode())


def test_what_is_too_large_too_deep_or_too_many_is_refused_unread() -> None:
    assert refused(b"[" * 100_000)
    assert refused(b'{"a":' * (MAX_MARKS - 1) + b"1" + b"}" * (MAX_MARKS - 1))
    assert refused(b" " * (MAX_PROOF + 1))
    assert refused(b"[" + b"[]," * 1_000_000 + b"[]]")


def self_made(raw: bytes, *, table: str = "articles", version: int = 2, **others: bytes) -> InclusionProof:
    """A proof that leads to a root of its own, as an adversary makes one: any record as the only one of its table."""
    about = record.edition_record(version=version, number=1, title="T", languages=[], licences=[], parent="")
    made = {table: raw, "edition": about, "sources": record.source_record(SOURCE, version), **others}
    if table in ("media", "edition") and "sources" not in others:
        del made["sources"]
    names = ["articles", "edition", "files", "media", "sources"] + (["statements", "works"] if version == 2 else [])
    tables = [(n, int(n in made), independent.leaf(made[n]) if n in made else independent.tree([])) for n in names]
    first = Member(table=table, index=0, steps=(), record=raw)
    rest = [Member(table=n, index=0, steps=(), record=made[n]) for n in sorted(made) if n != table]
    return InclusionProof(format=version, tables=tuple(tables), members=(first, *rest))


GOOD = record.article_record(ARTICLE, 2)


def test_a_proof_that_was_made_by_hand_shows_the_root_of_its_own_edition_and_no_other() -> None:
    found = check_proof(read_proof(self_made(GOOD).to_json().encode()))
    assert found.article == ARTICLE
    assert not found.compared
    with pytest.raises(ProofError):
        check_proof(self_made(GOOD), "8d" * 32)
    part = check_proof(self_made(record.article_record(PART, 2), works=record.work_record(WORK)))
    assert part.work == WORK
    assert check_proof(self_made(record.statement_record(STATEMENT), table="statements")).fields["kind"] == "quantity"
    assert check_proof(self_made(record.article_record(PART, 1), version=1)).article == dataclasses.replace(
        PART, work="", part=0, headings=(), creators=(), published="", identifiers=()
    )


def raw_map(*pairs: tuple[str, bytes]) -> bytes:
    return bytes([0xA0 + len(pairs)]).join(independent.cbor(name) + value for name, value in pairs)


ID = ("id", independent.cbor(article_id("s", "p")))
PATH, TITLE, KEY = ("path", b"\x61p"), ("title", b"\x61t"), ("source", b"\x61s")
BAD = {
    "not CBOR": b"\xff",
    "empty": b"",
    "no map": independent.cbor(["id"]),
    "no fields": b"\xa0",
    "fields out of order": raw_map(PATH, ID, TITLE, KEY),
    "a field twice": raw_map(ID, PATH, PATH, TITLE, KEY),
    "an empty field": raw_map(ID, PATH, ("title", b"\x60"), KEY),
    "an unknown field": raw_map(ID, ("note", b"\x61n"), PATH, TITLE, KEY),
    "a number for text": raw_map(ID, PATH, ("title", b"\x01"), KEY),
    "a longer length than needed": raw_map(ID, PATH, ("title", b"\x78\x01t"), KEY),
    "a number in eight bytes": raw_map(ID, ("part", b"\x1b" + b"\0" * 7 + b"\x07"), PATH, TITLE, KEY),
    "a length without end": raw_map(ID, PATH, ("title", b"\x7f\x61t\xff"), KEY),
    "a length beyond the end": raw_map(ID, PATH, ("title", b"\x7b" + b"\xff" * 8), KEY),
    "an array beyond the end": raw_map(ID, PATH, ("creators", b"\x9b" + b"\xff" * 8)),
    "a float": raw_map(ID, PATH, ("title", b"\xfb" + b"\0" * 8), KEY),
    "a tag": raw_map(ID, PATH, ("title", b"\xc0\x61t"), KEY),
    "true": raw_map(ID, PATH, ("title", b"\xf5"), KEY),
    "a lone surrogate": raw_map(ID, PATH, ("title", b"\x63\xed\xa0\x80"), KEY),
    "no text": raw_map(ID, PATH, ("title", b"\x61\xff"), KEY),
    "another id": raw_map(("id", independent.cbor(article_id("s", "q"))), PATH, TITLE, KEY),
    "a short id": raw_map(("id", b"\x41\x01"), PATH, TITLE, KEY),
    "no id": raw_map(PATH, TITLE, KEY),
    "no source": raw_map(ID, PATH, TITLE),
    "an alias of three": raw_map(ID, PATH, TITLE, KEY, ("aliases", independent.cbor([["a", "b", "c"]]))),
    "an alias with an empty path": raw_map(ID, PATH, TITLE, KEY, ("aliases", independent.cbor([["a", ""]]))),
    "arrays without end": raw_map(ID, PATH, TITLE, KEY, ("aliases", b"\x81" * 100_000)),
    "something behind it": GOOD + b"\0",
    "another source": record.article_record(
        dataclasses.replace(ARTICLE, source="x", id=article_id("x", ARTICLE.path)), 2
    ),
    "a work that is not there": record.article_record(PART, 2),
}


@pytest.mark.parametrize("name", BAD)
def test_a_record_that_no_edition_has_is_refused_though_it_leads_to_the_root(name: str) -> None:
    proof = self_made(BAD[name])
    with pytest.raises(ProofError):
        check_proof(proof, proof.root)


def test_records_that_do_not_belong_together_are_refused() -> None:
    other = dataclasses.replace(SOURCE, key="other")
    more = record.work_record(WORK)
    bad = [
        self_made(GOOD, sources=record.source_record(other, 2)),
        self_made(GOOD, works=more),
        self_made(record.article_record(PART, 2), works=record.work_record(dataclasses.replace(WORK, path="x"))),
        self_made(record.article_record(PART, 1), version=1, edition=record.encode({"format": 2, "title": "T"})),
        self_made(
            record.media_record(b"\1" * 32, "image/png", 7), table="media", sources=record.source_record(other, 2)
        ),
    ]
    whole = self_made(GOOD)
    first, edition, source = whole.members
    for members in [
        (first,),
        (first, edition),
        (first, source, edition),
        (first, edition, source, source),
        (edition, first),
    ]:
        bad.append(dataclasses.replace(whole, members=members))
    for proof in bad:
        with pytest.raises(ProofError):
            check_proof(proof)


def test_fields_of_version_2_are_none_of_version_1() -> None:
    with pytest.raises(ProofError):
        check_proof(self_made(record.article_record(PART, 2), version=1, works=record.work_record(WORK)))
    with pytest.raises(ValueError, match="field"):
        decode.fields_of(record.article_record(PART, 2), "articles", 1)


_TEXT = st.text(max_size=40)


@given(
    _TEXT,
    _TEXT,
    st.lists(st.tuples(_TEXT, _TEXT), max_size=5),
    st.lists(_TEXT, max_size=30),
    st.integers(0, 2**40),
)
def test_decoding_what_was_encoded_gives_the_article_again(
    title: str, body: str, aliases: list[tuple[str, str]], several: list[str], part: int
) -> None:
    article = Article(
        id=article_id("s", "p"),
        title=title,
        language="und",
        aliases=tuple(Alias(title=t, path=p) for t, p in aliases),
        body=body * 40,
        categories=tuple(several),
        source="s",
        path="p",
        part=part,
    )
    assert decode.article_of(decode.fields_of(record.article_record(article, 2), "articles", 2)) == article


@examples(300)
@given(st.data())
def test_bytes_that_are_taken_for_a_record_are_the_only_ones_of_its_fields(data: st.DataObject) -> None:
    table, raw = data.draw(
        st.sampled_from(
            [
                ("articles", record.article_record(PART, 2)),
                ("sources", record.source_record(SOURCE, 2)),
                ("works", record.work_record(WORK)),
                ("statements", record.statement_record(STATEMENT)),
                ("media", record.media_record(b"\1" * 32, "image/png", 700)),
            ]
        )
    )
    place = data.draw(st.integers(0, len(raw) - 1))
    changed = raw[:place] + data.draw(st.binary(max_size=3)) + raw[place + data.draw(st.integers(0, 3)) :]
    try:
        fields = decode.fields_of(changed, table, 2)
    except ValueError:
        return
    assert independent.record(dict(fields)) == changed


def test_statements_are_decoded_to_what_the_independent_encoder_was_given() -> None:
    raw = record.statement_record(STATEMENT)
    wanted = {k: v for k, v in STATEMENT_FIELDS.items() if v not in ("", (), [])}
    wanted = {k: list(v) if isinstance(v, tuple) else v for k, v in wanted.items()}
    assert decode.fields_of(raw, "statements", 2) == wanted
    assert base64.b64encode(raw).decode() in self_made(raw, table="statements").to_json()
