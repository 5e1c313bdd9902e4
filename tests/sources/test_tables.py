"""JSON Lines, CSV and Parquet: which column is what, and rows that make no sense."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.codes.thrift import MalformedError
from galactica.errors import InputError
from galactica.model import Document, Rejected
from galactica.sources import encoding_lines
from galactica.sources import parquet as parquet_source
from galactica.sources.columns import choose_columns
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.csv import delimiter_of
from galactica.sources.formats import open_source
from galactica.sources.parquet_cost import cost_of


def read(tmp_path: Path, name: str, content: str | bytes, **options: Any) -> list[Item]:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with open_source(path, SourceOptions(**options)) as source:
        return list(source.read())


def told(items: list[Item]) -> list[str]:
    return [f"{i.where} {i.reason}" for i in items if isinstance(i, Rejected)]


def paths(items: list[Item]) -> list[str]:
    return [i.path for i in items if isinstance(i, Document)]


@pytest.mark.parametrize(
    ("found", "field", "column"),
    [
        (["Title", "CONTENT"], "text", "CONTENT"),
        (["name", "body"], "title", "name"),
        (["Page ID", "text"], "path", "Page ID"),
        (["_id", "id", "text"], "path", "id"),
        (["summary", "text"], "text", "text"),
        (["description"], "text", "description"),
        (["text", "licence"], "licence", "licence"),
    ],
)
def test_columns_are_guessed_by_their_names(found: list[str], field: str, column: str):
    assert dict(choose_columns(found, SourceOptions(), "a table").columns)[field] == column


def test_a_table_without_a_text_column_names_the_columns_it_has():
    with pytest.raises(InputError) as error:
        choose_columns(["nation", "comment_col"], SourceOptions(), "a table")
    assert "nation, comment_col" in error.value.remedy


def test_a_named_column_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(InputError, match="wrong") as error:
        choose_columns(["text"], SourceOptions(columns=(("text", "wrong"),)), "a table")
    assert "text" in error.value.remedy


@pytest.mark.parametrize(
    ("samples", "column", "markup"),
    [
        (["<p>Moon</p>", "<div>Sun</div>"], "body", "html"),
        (["<p>Moon</p>", "Sun"], "body", "text"),
        (["x"], "wikitext", "wikitext"),
        (["x"], "markdown", "markdown"),
    ],
)
def test_the_markup_is_told_by_the_column_or_by_every_sample(samples: list[str], column: str, markup: str):
    assert choose_columns([column], SourceOptions(), "a table", samples).markup == markup


def test_every_field_of_a_row_arrives(tmp_path: Path):
    row = {
        "id": 7,
        "title": " The\nMoon ",
        "text": ["Round.", "Grey."],
        "lang": "pt_BR",
        "url": "https://example.org/moon",
        "timestamp": "2020-01-02 03:04:05Z",
        "tags": ["sky", "", "night"],
        "aliases": "Luna|La Lune",
        "license": "CC0-1.0",
    }
    (page,) = read(tmp_path, "rows.jsonl", json.dumps(row) + "\n")
    assert isinstance(page, Document)
    assert (page.path, page.title, page.content, page.language) == ("7", "The Moon", "Round.\n\nGrey.", "pt-BR")
    assert (page.url, page.modified) == ("https://example.org/moon", "2020-01-02T03:04:05Z")
    assert (page.categories, page.aliases, page.licence) == (("sky", "night"), ("Luna", "La Lune"), "CC0-1.0")


def test_bad_lines_are_rejected_with_their_number_and_the_others_stay(tmp_path: Path):
    lines = ['{"text":"Moon"}', "{broken", "[1]", "", '{"text":5}', '{"text":""}', '{"text":"Sun","id":"../x"}']
    lines += ["[" * 3000, '{"text":"\\ud800 sky"}', '{"n":' + "9" * 5000 + ', "text":"x"}', '{"other":1}']
    items = read(tmp_path, "rows.jsonl", "\n".join(lines))
    assert paths(items) == ["1", "5", "9", "11"]
    assert told(items) == [
        "rows.jsonl:2 bad-row",
        "rows.jsonl:3 bad-row",
        "rows.jsonl:6 empty",
        "rows.jsonl:7 bad-path",
        "rows.jsonl:8 bad-row",
        "rows.jsonl:10 bad-row",
    ]


def test_unpaired_surrogates_do_not_come_through(tmp_path: Path):
    (page,) = read(tmp_path, "rows.jsonl", '{"text":"\\ud800 sky","title":"\\udc00"}\n')
    assert isinstance(page, Document)
    assert page.content == "\ufffd sky"
    page.title.encode()


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.json", "rows"])
def test_a_json_array_is_read_whatever_it_is_called(tmp_path: Path, name: str):
    assert paths(read(tmp_path, name, '[{"text": "Moon"},\n {"text": "Sun"}]')) == ["1", "2"]


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.csv"])
def test_a_line_that_is_too_long_is_rejected_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setattr(encoding_lines, "LINE_BYTES", 200)
    row = '{"id":"%s","text":"%s"}\n' if name.endswith("l") else "%s,%s\n"
    head = "" if name.endswith("l") else "id,text\n"
    items = read(tmp_path, name, head + row % ("a", "Moon") + row % ("b", "x" * 999) + row % ("c", "Sun"))
    assert paths(items) == ["a", "c"]
    assert [i.reason for i in items if isinstance(i, Rejected)] == ["too-large"]


@pytest.mark.parametrize(
    ("start", "delimiter"),
    [("a,b\n1,2\n", ","), ("a\tb\n1,5\t2\n", "\t"), ("a;b\n1,5;2\n3,1;4", ";"), ("text\nx\ny", ","), ("a|b\n1|2", "|")],
)
def test_the_delimiter_is_found(start: str, delimiter: str):
    assert delimiter_of(start) == delimiter


def test_quotes_line_ends_and_doubled_quotes_in_cells(tmp_path: Path):
    items = read(tmp_path, "rows.csv", '\ufeffid,title,text\r\na,"Moon, the","It is\r\n""round""."\r\n')
    assert isinstance(items[0], Document)
    assert (items[0].title, items[0].content) == ("Moon, the", 'It is\n"round".')


@pytest.mark.parametrize("encoding_name", ["utf-8", "utf-16", "windows-1252"])
def test_a_table_is_read_in_its_encoding(tmp_path: Path, encoding_name: str):
    items = read(tmp_path, "rows.csv", "title,text\nCafé,It is open all day long.\n".encode(encoding_name))
    assert isinstance(items[0], Document)
    assert items[0].title == "Café"


def test_rows_that_do_not_fit_the_header_are_told(tmp_path: Path):
    items = read(tmp_path, "rows.tsv", "id\ttext\na\tMoon\nb\tSun\tmore\n\nc\n")
    assert paths(items) == ["a"]
    assert told(items) == ["rows.tsv:3 bad-row", "rows.tsv:5 empty"]


def test_bytes_that_are_not_in_the_encoding_cost_one_row(tmp_path: Path):
    raw = "id,text\n" + "".join(f"{n},Über den Wolken\n" for n in range(900))
    items = read(tmp_path, "rows.csv", raw.encode() + b"bad,\xff\xfe\nlast,Moon\n")
    assert paths(items)[-1] == "last"
    assert [i.reason for i in items if isinstance(i, Rejected)] == ["bad-encoding"]


ROWS = "title,text\nNarzisse,Sie blüht im März.\nTulpe,Sie blüht im Mai.\n"


def titles(items: list[Item]) -> list[str]:
    return [i.title for i in items if isinstance(i, Document)]


@pytest.mark.parametrize(
    "written",
    [
        ROWS,
        ROWS.replace("\n", "\r"),
        ROWS.replace("\n", "\r\n"),
        ROWS.replace("\n", "\r", 1),
        ROWS.replace("\n", "\r\n", 2),
        ROWS.removesuffix("\n").replace("\n", "\r"),
        ROWS.replace("\n", ",\n"),
        ROWS.replace(".\n", ".,\n"),
        ROWS.replace(".\n", ".,,, ,\n"),
        ROWS.replace("title", ",title").replace("Narzisse", ",Narzisse").replace("Tulpe", ",Tulpe"),
        ROWS.replace("\n", "\n\n"),
        ROWS.replace("\n", "\n,\n"),
        "\n\n" + ROWS,
        "sep=,\n" + ROWS,
        "sep=;\r\n" + ROWS.replace(",", ";"),
        '"sep=|"\n' + ROWS.replace(",", "|"),
        ROWS.replace(",", ";"),
        ROWS.replace(",", "\t"),
        ROWS.replace("text\n", "text,text\n"),
        ROWS.replace("text\n", "text,text\n").replace(".\n", ".,\n"),
        ROWS.replace("blüht", "bl\0üht"),
        ROWS.replace("Sie", "\x1aSie"),
        ROWS.replace("Narzisse", '"Narzisse"'),
        ROWS.replace("Sie blüht im März.", '"Sie blüht im März."'),
    ],
)
@pytest.mark.parametrize("encoding_name", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_tables_as_spreadsheets_write_them_say_the_same(tmp_path: Path, written: str, encoding_name: str):
    items = read(tmp_path, "rows.csv", written.encode(encoding_name))
    found = [(i.title, i.content) for i in items if isinstance(i, Document)]
    assert found == [("Narzisse", "Sie blüht im März."), ("Tulpe", "Sie blüht im Mai.")]
    assert told(items) == []


@pytest.mark.parametrize(
    ("encoding_name", "title", "text"),
    [
        ("gb18030", "月球", "月球是地球唯一的卫星，它的表面有很多环形山。"),
        ("gbk", "长江", "长江是中国最长的河流，也是亚洲第一长河。"),
        ("big5", "臺北", "臺北是一個在島上北部的城市，有很多人在這裡生活。"),
        ("shift_jis", "月", "月は地球のまわりを回っている天体である。"),
        ("euc-jp", "月", "月は地球のまわりを回っている天体である。"),
        ("euc-kr", "달", "달은 지구의 위성이다. 지구에서 가장 가까운 천체이다."),
    ],
)
@pytest.mark.parametrize("name", ["rows.csv", "rows.txt", "rows.md"])
def test_east_asian_encodings_are_known_by_their_text(
    tmp_path: Path, name: str, encoding_name: str, title: str, text: str
):
    written = f"title,text\n{title},{text}\n" if name == "rows.csv" else f"{title}\n\n{text}\n"
    (page,) = read(tmp_path, name, written.encode(encoding_name))
    assert isinstance(page, Document)
    assert title in (page.title, page.content.partition("\n")[0])
    assert text in page.content


@pytest.mark.parametrize(
    ("rows", "kept", "lost"),
    [
        ('a,"A\nb,B\nc,C\n', ["b", "c"], ["rows.csv:2 bad-row"]),
        ('a,A\nb,"B\nc,"C"\nd,D\n', ["a", "c", "d"], ["rows.csv:3 bad-row"]),
        ('a,"A\nb,"B\nc,C\n', ["c"], ["rows.csv:2 bad-row", "rows.csv:3 bad-row"]),
        ('a,A\nb,"B', ["a"], ["rows.csv:3 bad-row"]),
        ('a,"A\nA"\nb,B\n', ["a", "b"], []),
        ('a,"A ""x""\nA"\nb,B\n', ["a", "b"], []),
        ('a,A "x" y\nb,B\n', ["a", "b"], []),
        ("a,A,more\nb,B\n", ["b"], ["rows.csv:2 bad-row"]),
        ("a\nb,B\n", ["b"], ["rows.csv:2 empty"]),
    ],
)
def test_a_row_that_makes_no_sense_costs_itself_alone(tmp_path: Path, rows: str, kept: list[str], lost: list[str]):
    items = read(tmp_path, "rows.csv", "id,text\n" + rows)
    assert paths(items) == kept
    assert told(items) == lost


def test_a_table_without_a_column_of_text_is_one_article_whose_rows_are_places(tmp_path: Path):
    found = read(tmp_path, "rain.csv", 'Town,2020,2021\nAmber,5,"<7>"\n"Birch\n\nCedar,,9\n')
    (document,) = [item for item in found if isinstance(item, Document)]
    assert (document.path, document.title) == ("rain.csv", "rain")
    assert '<tr id="row:1"><th scope="col">Town</th>' not in document.content  # years are no words: it has no head
    assert '<tr id="row:2"><td>Amber</td><td>5</td><td>&lt;7&gt;</td></tr>' in document.content
    assert '<tr id="row:4"><td>Cedar</td><td></td><td>9</td></tr>' in document.content
    assert told(found) == ["rain.csv:3 bad-row"]
    headed = read(tmp_path, "tools.tsv", "Tool\tPrice\nTrowel\t7\n")
    assert '<th scope="col">Tool</th>' in next(item.content for item in headed if isinstance(item, Document))
    long = read(tmp_path, "long.csv", "Town,Rain\n" + "Amber,5\n" * 2500)
    assert len([item for item in long if isinstance(item, Document)]) == 3


def test_what_stands_before_the_header_is_told(tmp_path: Path):
    with pytest.raises(InputError, match="no column"):
        read(tmp_path, "rows.csv", "nation,comment\na,b\n", columns=(("text", "prose"),))
    assert told(read(tmp_path, "rows.csv", '"never closed\nnation,comment\na,b\n')) == ["rows.csv:1 bad-row"]
    items = read(tmp_path, "rows.csv", '"never closed\nid,text\na,A\n')
    assert (paths(items), told(items)) == (["a"], ["rows.csv:1 bad-row"])


def test_of_columns_of_the_same_name_the_first_that_says_something_counts(tmp_path: Path):
    items = read(tmp_path, "rows.csv", "id,text,text\na,A,\nb,,B\nc,C,D\n")
    assert [i.content for i in items if isinstance(i, Document)] == ["A", "B", "C"]


def test_a_table_of_one_column_has_no_delimiter(tmp_path: Path):
    items = read(tmp_path, "rows.csv", 'text\nRed, green, blue.\n"Quoted, too."\n')
    assert [i.content for i in items if isinstance(i, Document)] == ["Red, green, blue.", "Quoted, too."]


def test_a_broken_byte_in_a_long_row_costs_the_character_alone(tmp_path: Path):
    raw = "id,text\na,Über den Wolken muss die Freiheit wohl grenzenlos sein.\n".encode() * 1
    items = read(tmp_path, "rows.csv", raw.replace(b"Wolken", b"Wol\xffken") + b"b,Moon\n")
    assert [i.content[:15] for i in items if isinstance(i, Document)] == ["Über den Wol\ufffdke", "Moon"]


def test_a_table_that_is_plain_at_first_is_read_in_the_encoding_that_comes(tmp_path: Path):
    plain = "".join(f"{n},It rains in the north of the country.\n" for n in range(400))
    items = read(tmp_path, "rows.csv", f"id,text\n{plain}x,Im Märzen der Bauer.\n".encode("windows-1252"))
    assert len(paths(items)) == 401
    last = items[-1]
    assert isinstance(last, Document)
    assert last.content == "Im Märzen der Bauer."


def test_a_table_called_txt_is_known_by_its_header(tmp_path: Path):
    assert paths(read(tmp_path, "rows.txt", "id;title;text\nm;Moon;Round.\n")) == ["m"]


def test_rows_without_an_id_are_called_by_their_number(tmp_path: Path):
    assert paths(read(tmp_path, "rows.csv", "title,text\nMoon,Round.\n\nSun,Shines.\n")) == ["1", "2"]


def parquet(path: Path, columns: dict[str, Any], **options: Any) -> bytes:
    pq.write_table(pa.table(columns), path, **options)
    return path.read_bytes()


def test_parquet_of_several_row_groups_and_types(tmp_path: Path):
    table = {
        "id": list(range(200)),
        "title": pa.array([f"T{n}" for n in range(200)]).dictionary_encode(),
        "text": pa.array([b"text %d" % n for n in range(200)]),
        "tags": [["a", "b"]] * 200,
        "numbers": [{"x": 1}] * 200,
    }
    items = read(tmp_path, "t.parquet", parquet(tmp_path / "x", table, row_group_size=50))
    assert len(paths(items)) == 200
    assert isinstance(items[9], Document)
    assert (items[9].title, items[9].content, items[9].categories) == ("T9", "text 9", ("a", "b"))


LONG = "a long tale, told again and again. " * 3000


@pytest.mark.parametrize("options", [{}, {"use_dictionary": False}, {"compression": "gzip"}, {"compression": "none"}])
def test_a_cell_that_would_fill_the_memory_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any]
):
    monkeypatch.setattr(parquet_source, "MAX_HELD", 50_000)
    with pytest.raises(InputError, match="at a time") as error:
        read(tmp_path, "t.parquet", parquet(tmp_path / "x", {"title": ["T"], "text": [LONG]}, **options))
    assert "smaller pages" in error.value.remedy


def test_what_the_footer_says_of_sizes_is_not_believed():
    header = bytes([0x15, 0, 0x15]) + varint(2**31) + bytes([0x15]) + varint(20) + bytes([0x2C, 0x15, 2, 0, 0])
    data = b"PAR1" + header + bytes(10)
    cost = cost_of(lambda at, size: data[at : at + size], 4, len(header) + 10, 1)
    assert cost.page == 2**30


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


@given(st.binary(max_size=60), st.integers(0, 80), st.integers(0, 5))
def test_headers_that_make_no_sense_are_told(data: bytes, length: int, values: int):
    try:
        cost_of(lambda at, size: data[at : at + size], 4, length, values)
    except MalformedError:
        return


def test_a_row_group_that_is_too_large_costs_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parquet_source, "MAX_HELD", 50_000)
    rows = {"text": ["one", "two", LONG, "three", "four", "five"]}
    items = read(tmp_path, "t.parquet", parquet(tmp_path / "x", rows, row_group_size=2))
    assert paths(items) == ["1", "2", "5", "6"]
    assert told(items) == ["t.parquet:3 too-large"]
    assert next(i.detail for i in items if isinstance(i, Rejected)).startswith("rows 3 to 4:")


@pytest.mark.parametrize("use_dictionary", [True, False])
def test_a_cell_that_is_too_long_costs_its_row_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, use_dictionary: bool
):
    monkeypatch.setattr(parquet_source, "MAX_CELL", 60_000)
    rows = {"text": ["one", LONG, "three"], "tags": [["a"], ["b"], ["c", "d"]]}
    items = read(tmp_path, "t.parquet", parquet(tmp_path / "x", rows, use_dictionary=use_dictionary))
    assert paths(items) == ["1", "3"]
    assert told(items) == ["t.parquet:2 too-large"]


def test_a_dictionary_whose_long_text_every_row_names_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parquet_source, "FREE_BYTES", 500_000)
    monkeypatch.setattr(parquet_source, "LONG_VALUE", 10_000)
    rows = {"text": [LONG] * 200, "tags": [["x", LONG]] * 200}
    items = read(tmp_path, "t.parquet", parquet(tmp_path / "x", rows, compression="zstd"))
    assert 0 < len(paths(items)) < 5
    assert [i.reason for i in items if isinstance(i, Rejected)] == ["too-large"]


@pytest.mark.parametrize("text", ["b", ""])
def test_of_millions_of_rows_in_a_few_kilobytes_no_more_are_read_than_their_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
):
    monkeypatch.setattr(parquet_source, "FREE_BYTES", 100 * parquet_source.ROW_BYTES)
    monkeypatch.setattr(parquet_source, "MAX_RATIO", 1)
    raw = parquet(tmp_path / "x", {"title": ["a"] * 20_000, "text": [text] * 20_000}, compression="zstd")
    items = read(tmp_path, "t.parquet", raw)
    assert len(items) <= 101
    assert told(items)[-1].endswith(" too-large")


def test_long_and_short_dictionaries_read_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    rows = {"text": [f"text {n % 7}" for n in range(200)], "tags": [["a", f"b{n % 3}"] for n in range(200)]}
    raw = parquet(tmp_path / "x", rows)
    whole = read(tmp_path, "t.parquet", raw)
    monkeypatch.setattr(parquet_source, "LONG_VALUE", 0)
    monkeypatch.setattr(parquet_source, "BATCH_BYTES", 100)
    assert read(tmp_path, "t.parquet", raw) == whole
    assert len(paths(whole)) == 200


def test_a_damaged_row_group_costs_the_rest_of_itself_alone(tmp_path: Path):
    rows = {"text": [f"row {n} of the table" for n in range(300)]}
    options = {"row_group_size": 100, "compression": "none", "use_dictionary": False, "write_page_checksum": True}
    raw = bytearray(parquet(tmp_path / "x", rows, **options))
    raw[raw.index(b"row 150")] ^= 1
    items = read(tmp_path, "t.parquet", bytes(raw))
    assert {str(n) for n in (*range(1, 101), *range(201, 301))} <= set(paths(items))
    assert [i.reason for i in items if isinstance(i, Rejected)] == ["truncated"]
    raw[raw.index(b"row 50 ")] ^= 1
    items = read(tmp_path, "t.parquet", bytes(raw))
    assert len([i for i in items if isinstance(i, Rejected)]) == 2


def test_a_damaged_page_keeps_the_rows_before_it(tmp_path: Path):
    rows = {"text": [f"row {n} of the table" for n in range(300)]}
    raw = bytearray(
        parquet(
            tmp_path / "x",
            rows,
            row_group_size=100,
            compression="none",
            use_dictionary=False,
            write_page_checksum=True,
        )
    )
    raw[raw.index(b"row 250")] ^= 1
    items = read(tmp_path, "t.parquet", bytes(raw))
    assert len(paths(items)) >= 100
    assert [i.reason for i in items if isinstance(i, Rejected)] == ["truncated"]


@pytest.mark.parametrize("raw", [b"PAR1", b"PAR1" + b"\0" * 40 + b"PAR1", b"PARE" + b"\0" * 40 + b"PARE"])
def test_parquet_that_cannot_be_opened_is_one_clear_error(tmp_path: Path, raw: bytes):
    with pytest.raises(InputError):
        read(tmp_path, "t.parquet", raw)


def test_parquet_without_a_text_column_lists_what_it_has(tmp_path: Path):
    with pytest.raises(InputError) as error:
        read(tmp_path, "t.parquet", parquet(tmp_path / "x", {"a": [1], "b": ["x"]}))
    assert "a, b" in error.value.remedy
