"""An edition's Parquet tables, and a view's, open as they are in what people read Parquet with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from galactica.edition import Edition
from tests.train.views.conftest import view_of

pytestmark = pytest.mark.filterwarnings("ignore")  # of packages that are not ours


def by_datasets(folder: Path, tmp_path: Path) -> list[str]:
    datasets: Any = pytest.importorskip("datasets")
    found = datasets.load_dataset(
        "parquet", data_files=str(folder / "*.parquet"), split="train", cache_dir=str(tmp_path / "cache")
    )
    return [row["title"] for row in found]


def by_datasets_streaming(folder: Path, tmp_path: Path) -> list[str]:
    datasets: Any = pytest.importorskip("datasets")
    found = datasets.load_dataset(
        "parquet",
        data_files=str(folder / "*.parquet"),
        split="train",
        streaming=True,
        cache_dir=str(tmp_path / "cache"),
    )
    return [row["title"] for row in found]


def by_polars(folder: Path, tmp_path: Path) -> list[str]:
    polars: Any = pytest.importorskip("polars")
    return polars.scan_parquet(str(folder / "*.parquet")).select("title").collect()["title"].to_list()


def by_duckdb(folder: Path, tmp_path: Path) -> list[str]:
    duckdb: Any = pytest.importorskip("duckdb")
    return [row[0] for row in duckdb.connect().execute(f"SELECT title FROM '{folder}/*.parquet'").fetchall()]


def by_daft(folder: Path, tmp_path: Path) -> list[str]:
    daft: Any = pytest.importorskip("daft")
    return daft.read_parquet(str(folder / "*.parquet")).select("title").to_pydict()["title"]


def by_spark(folder: Path, tmp_path: Path) -> list[str]:
    pyspark: Any = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    builder = pyspark.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.sql.warehouse.dir", str(tmp_path / "warehouse")).getOrCreate()
    try:
        return [row["title"] for row in spark.read.parquet(str(folder)).select("title").collect()]
    finally:
        spark.stop()


READERS = [
    by_datasets,
    by_datasets_streaming,
    by_polars,
    by_duckdb,
    by_daft,
    pytest.param(by_spark, marks=pytest.mark.slow),
]


@pytest.mark.parametrize("read", READERS)
def test_the_tables_of_an_edition_open_as_they_are(
    mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Callable[[Path, Path], list[str]]
) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    with Edition.open(mixed) as opened:
        titles = [article.title for _, article in opened.scan()]
    assert sorted(read(mixed / "data" / "articles", tmp_path)) == sorted(titles)


@pytest.mark.parametrize("read", READERS)
def test_what_was_left_out_of_a_view_opens_as_it_is(
    mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Callable[[Path, Path], list[str]]
) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    made = view_of(tmp_path / "v.view", mixed, languages=("en",))
    (tmp_path / "alone").mkdir()
    shutil.copy(tmp_path / "v.view" / "excluded.parquet", tmp_path / "alone")
    assert len(read(tmp_path / "alone", tmp_path)) == dict(made.left_out)["language"]


def test_rows_and_tables_are_joined_in_sql(mixed: Path, tmp_path: Path) -> None:
    duckdb: Any = pytest.importorskip("duckdb")
    view_of(tmp_path / "v.view", mixed, languages=("de",))
    sql = f"""
        SELECT title FROM (
            SELECT title, row_number() OVER () - 1 AS row
            FROM read_parquet('{mixed}/data/articles/*.parquet')
        ) JOIN '{tmp_path}/v.view/rows.parquet' USING (row) ORDER BY row
    """  # paths of the test's own
    with Edition.open(mixed) as opened:
        titles = [article.title for _, article in opened.scan() if article.language == "de"]
    assert [row[0] for row in duckdb.connect().execute(sql).fetchall()] == titles
