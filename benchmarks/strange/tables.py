"""Tables in plain text and JSON: delimiters, alphabets, quotes, odd rows, shapes."""

from __future__ import annotations

import json
from collections.abc import Iterator

from benchmarks.strange.case import StrangeFile, strange

_PORTS = "Hafen;Tiefe;Gebühr\nKiel;11,5;1.234,50\nRüm;-2,0;0,99\n"


def delimited() -> Iterator[StrangeFile]:
    """CSV and TSV."""
    yield strange("semicolon.csv", "semicolons and decimal commas", _PORTS, "Kiel\t11,5\t1.234,50", "Rüm\t-2,0\t0,99")
    yield strange("latin.csv", "Windows-1252", _PORTS.encode("cp1252"), "Gebühr", "Rüm\t-2,0")
    yield strange("sixteen.csv", "UTF-16 with tabs, as Excel writes Unicode text",
                  _PORTS.replace(";", "\t").encode("utf-16"), "Kiel\t11,5", "Rüm\t-2,0")  # fmt: skip
    yield strange("bom.csv", "a byte order mark before a quoted head",
                  b"\xef\xbb\xbf\"Name\",\"Age\"\r\n\"Li, Wei\",7\r\n", "Name\tAge\nLi, Wei\t7")  # fmt: skip
    yield strange("quoted.csv", "a line feed and a doubled quote in a cell",
                  'Item,Note\nRope,"12 mm, ""soft""\nby the bow"\nBuoy,red\n', '12 mm, "soft"', "by the bow", "Buoy\tred")  # fmt: skip
    yield strange(
        "gb.csv",
        "GB 18030",
        "姓名,年龄,城市\n王伟,42,北京\n李娜,37,上海\n张敏,29,广州\n".encode("gb18030"),
        "王伟\t42\t北京",
    )
    yield strange("sjis.csv", "Shift-JIS", "氏名,年齢,住所\n山田太郎,42,東京都\n佐藤花子,37,大阪府\n鈴木一郎,29,京都府\n".encode("cp932"),
                  "山田太郎\t42\t東京都")  # fmt: skip
    yield strange(
        "big5.csv",
        "Big5",
        "姓名,年齡,城市\n王偉,42,臺北\n李娜,37,高雄\n張敏,29,臺中\n".encode("big5"),
        "王偉\t42\t臺北",
    )
    yield strange(
        "korean.csv",
        "EUC-KR",
        "이름,나이,도시\n김철수,42,서울\n이영희,37,부산\n박민수,29,대구\n".encode("cp949"),
        "김철수\t42\t서울",
    )
    polish = "Imię;Wiek;Miasto\nŁukasz Wiśniewski;42;Łódź\nGrażyna Żak;37;Gdańsk\nPaweł Dąbrowski;29;Kraków\n"
    yield strange(
        "polish.csv", "Windows-1250", polish.encode("cp1250"), "Łukasz Wiśniewski\t42\tŁódź", never=("£ukasz",)
    )
    czech = "Jméno;Věk;Město\nŽaneta Dvořáková;42;Plzeň\nŘehoř Němec;37;Brno\nAleš Kučera;29;Děčín\n"
    yield strange(
        "czech.csv", "Windows-1250, Czech", czech.encode("cp1250"), "Žaneta Dvořáková\t42\tPlzeň", never=("Dvoøáková",)
    )
    turkish = "Ad;Yaş;Şehir\nAyşe Yıldız;42;İstanbul\nÇağlar Güneş;37;Muğla\nIşık Doğan;29;Eskişehir\n"
    yield strange("turkish.csv", "Windows-1254", turkish.encode("cp1254"), "Ayşe Yıldız\t42\tİstanbul", never=("Ayþe",))
    russian = "Имя;Возраст;Город\nИванов Пётр;42;Москва\nСмирнова Анна;37;Казань\n"
    yield strange("russian.csv", "Windows-1251", russian.encode("cp1251"), "Иванов Пётр\t42\tМосква")
    yield strange("greek.csv", "Windows-1253", "Όνομα;Ηλικία;Πόλη\nΜαρία Παππά;42;Αθήνα\nΓιώργος Νίκου;37;Πάτρα\n".encode("cp1253"),
                  "Μαρία Παππά\t42\tΑθήνα")  # fmt: skip
    yield strange("mac.csv", "Mac Roman with carriage returns", "Nom;Âge\rZoé;7\rRené;8\rAnaïs;9\rFrançois;10\r".encode("mac_roman"),
                  "Zoé\t7", "François\t10")  # fmt: skip
    yield strange("dos.csv", "code page 850", "Name;Straße;Größe\nJürgen Müller;Hauptstraße 5;1,80\nJörg Schäfer;Schloßallee 7;1,75\n".encode("cp850"),
                  "Jürgen Müller\tHauptstraße 5\t1,80")  # fmt: skip
    yield strange("ragged.csv", "rows with fewer and more cells", "Port,Depth,Fee\nKiel,11\nLübeck,9,20,\nOslo,12,30,extra\n",
                  "Kiel\t11", "Lübeck\t9\t20", "Oslo\t12\t30\textra")  # fmt: skip
    yield strange("title.csv", "a title above the head of the table", "Stock of 3 May 2024,,\n,,\nDrug,Boxes,Price\nZinc,40,1.50\nORS,112,0.75\n",
                  "Stock of 3 May 2024", "Drug\tBoxes\tPrice", "Zinc\t40\t1.50", "ORS\t112\t0.75")  # fmt: skip
    yield strange(
        "nohead.csv", "no head", "2024-01-01,3,1.5\n2024-01-02,4,1.25\n", "2024-01-01\t3\t1.5", "2024-01-02\t4\t1.25"
    )
    yield strange("pipe.txt", "a table parted by | that is called .txt", "name|text|lang\nKiel|A port on the Baltic.|en\nOslo|The capital of Norway.|en\n",
                  "A port on the Baltic.", "The capital of Norway.")  # fmt: skip
    yield strange("described.csv", "a table of things with a description and numbers",
                  "name,description,depth,fee\nKiel,A port on the Baltic,11.5,-20\nOslo,Capital of Norway,12.0,30\n",
                  "A port on the Baltic", "11.5", "-20")  # fmt: skip
    yield strange("notes.csv", "a table with a column of notes and one called text", "Date,Ward,Text,Dose\n2024-05-03,North,Fever since Monday,250 mg\n",
                  "Fever since Monday", "250 mg", "North", "2024-05-03")  # fmt: skip
    yield strange("twice.csv", "two columns of one name", "Port,Depth,Depth\nKiel,11,12\n", "Kiel\t11\t12")
    yield strange("zeros.tsv", "leading zeros, long numbers, plus signs", "id\tphone\n007\t+49 431 0123\n0000123456789012345\t00491234\n",
                  "007\t+49 431 0123", "0000123456789012345\t00491234")  # fmt: skip
    yield strange(
        "sep.csv",
        "a first line that names the delimiter",
        "sep=;\nPort;Depth\nKiel;11,5\n",
        "Port\tDepth\nKiel\t11,5",
        never=("sep=",),
    )
    yield strange(
        "apostrophe.csv",
        "quotes and apostrophes in cells",
        'Part,Size\nPipe 3/4" long,5\nO\'Brien\'s,"6"\n',
        'Pipe 3/4" long\t5',
        "O'Brien's\t6",
    )
    yield strange("comment.csv", "lines of comment before the table", "# exported 2024-05-03\n# unit: metres\nPort,Depth\nKiel,11.5\n",
                  "unit: metres", "Port\tDepth\nKiel\t11.5")  # fmt: skip
    yield strange("long.csv", "a row of half a million signs", "a,b\n1," + "x" * 500_000 + "\n2,end\n", "2\tend")
    yield strange("spaces.csv", "spaces around cells", "Port , Depth\nKiel , 11.5\n", "Port\tDepth\nKiel\t11.5")
    yield strange(
        "plus.csv",
        "text that is called .csv",
        "Dear all,\nthe ship leaves at 5.\nRegards, Ole\n",
        "the ship leaves at 5.",
    )
    yield strange("onecolumn.csv", "one column", "Ports\nKiel\nOslo\n", "Kiel", "Oslo")
    yield strange("empty.csv", "a head and no rows", "Port,Depth\n", "Port\tDepth")


def structured() -> Iterator[StrangeFile]:
    """JSON of several shapes."""
    rows = [{"title": "Kiel", "text": "A port.", "depth": 11.5}, {"title": "Oslo", "text": "A capital.", "depth": -3}]
    yield strange("array.json", "an array of objects", json.dumps(rows), "A port.", "A capital.", "11.5", "-3")
    yield strange("object.json", "one object", json.dumps({"name": "MV Astrid", "imo": "0912345", "draught": 7.25, "crew": ["Ole", "Li"]}),
                  "MV Astrid", "0912345", "7.25", "Ole", "Li")  # fmt: skip
    yield strange("nested.json", "objects in objects", json.dumps({"clinic": {"name": "Hope", "beds": {"ward a": 12, "ward b": 0}}, "open": False}),
                  "Hope", "12", "0")  # fmt: skip
    yield strange("split.json", "columns as arrays", json.dumps({"columns": ["port", "depth"], "data": [["Kiel", 11.5], ["Oslo", 12]]}),
                  "Kiel", "11.5", "Oslo", "12")  # fmt: skip
    yield strange("numbers.json", "numbers that floats would change", '{"name": "Card", "number": 12345678901234567890, "price": 1.10, "tiny": 1e-7, "big": 1E400}',
                  "12345678901234567890", "1.10")  # fmt: skip
    yield strange("lines.jsonl", "lines of which one is broken", '{"title":"A","text":"First one."}\n{"title":"B", text}\n{"title":"C","text":"Third one."}\n',
                  "First one.", "Third one.", counted=("bad-row",))  # fmt: skip
    yield strange(
        "comments.json",
        "JSON with comments and a comma too much",
        '{\n // the pump\n "name": "Pump",\n "bar": 1.5,\n}\n',
        "Pump",
        "1.5",
    )
    yield strange(
        "bom.json",
        "a byte order mark",
        b"\xef\xbb\xbf" + json.dumps({"name": "Pump", "bar": 1.5}).encode(),
        "Pump",
        "1.5",
    )
    yield strange("map.geojson", "a map", json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Well 3", "depth_m": 42.5},
                  "geometry": {"type": "Point", "coordinates": [-13.25, 8.5]}}]}), "Well 3", "42.5", "-13.25", "8.5")  # fmt: skip
    cells = [{"cell_type": "markdown", "source": ["# Tides\n", "High water at **06:12**, 10<sup>3</sup> L."]},
             {"cell_type": "code", "source": "h = 1.5\nprint(h)", "outputs": [{"output_type": "stream", "name": "stdout", "text": ["1.5\n"]},
              {"output_type": "execute_result", "data": {"text/plain": "2.25", "text/html": "<table><tr><td>Kiel</td></tr></table>"}, "metadata": {}, "execution_count": 1}],
              "execution_count": 1, "metadata": {}}]  # fmt: skip
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"language_info": {"name": "python"}}, "cells": cells}
    yield strange("tides.ipynb", "a notebook", json.dumps(notebook), "Tides", "High water at 06:12", "10^3 L", "h = 1.5",
                  never=("cell_type", "nbformat", "output_type"))  # fmt: skip
    yield strange("chat.json", "an exported chat", json.dumps({"name": "Crew", "messages": [{"id": 1, "date": "2024-05-03T10:00:00", "from": "Ole", "text": "Fuel at 40 %"},
                  {"id": 2, "date": "2024-05-03T10:01:00", "from": "Li", "text": ["see ", {"type": "link", "text": "https://example.org"}]}]}),
                  "Fuel at 40 %", "Ole", "https://example.org")  # fmt: skip
    yield strange("some.json", "objects of which some have no text, one under another name", json.dumps([{"name": "Kiel", "text": "A port."},
                  {"name": "Oslo", "depth": 12, "fee": -3}, {"name": "Lund", "content": "No port at all.", "fee": 0}]),
                  "A port.", "Oslo\ndepth\t12\nfee\t-3", "No port at all.\nfee: 0")  # fmt: skip
    yield strange(
        "some.csv",
        "rows of which one has no text",
        "name,description,depth\nKiel,A port.,11\nOslo,,12.0\n",
        "A port.\ndepth: 11",
        "Oslo\ndepth\t12.0",
    )
    yield strange("twice.jsonl", "keys that an object has twice, numbers that floats would change",
                  '{"title":"Pump","text":"Old.","bar":1.50,"bar":2.25}\n{"title":"Hose","text":"New.","length":0.10000000000000000555}\n',
                  "bar: 1.50", "bar (2): 2.25", "length: 0.10000000000000000555")  # fmt: skip


def table_files() -> Iterator[StrangeFile]:
    """All of them."""
    yield from delimited()
    yield from structured()
