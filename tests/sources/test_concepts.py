"""Concepts of the Open Knowledge Format keep what they say of themselves; front matter is read as it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.edition import Edition
from galactica.library import build
from galactica.model import Document, Qualifier, SourceStatement
from galactica.sources.contract import Item
from galactica.sources.formats import open_source
from galactica.sources.front_matter import split_front, yaml_front

CONCEPT = """---
type: Metric
title: Revenue
description: Recognised revenue of a year.
resource: https://wiki.example/revenue
tags: [finance, revenue]
status: stable
stale_after: 2026-09-23
generated: { by: agent/1.0, at: 2026-06-20T22:53:05Z }
verified:
  - { by: human:ann, at: 2026-06-25T09:00:00Z }
  - { by: process:nightly, at: 2026-06-26T02:00:00Z }
sources:
  - id: policy
    resource: https://wiki.example/policy
    title: The policy
    usage_count: 5000
    last_modified: 2026-05-30
  - resource: all queries of the project
parameters:
  - { name: year, type: integer }
---

# Definition

See [the table](/tables/orders.md).[^policy]
"""


def read(folder: Path) -> list[Item]:
    with open_source(folder) as source:
        return list(source.read())


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    place = tmp_path / "bundle"
    (place / "tables").mkdir(parents=True)
    (place / "index.md").write_text(
        '---\nokf_version: "0.2"\n---\n\n# Metrics\n\n* [Revenue](revenue.md) - of a year\n'
    )
    (place / "revenue.md").write_text(CONCEPT)
    (place / "tables" / "orders.md").write_text("---\ntype: Table\ntimestamp: 2026-01-02\n---\nOrders.\n")
    return place


def test_a_concept_is_an_article_with_its_date_its_tags_and_its_address(bundle: Path) -> None:
    found = {item.path: item for item in read(bundle) if isinstance(item, Document)}
    revenue = found["revenue.md"]
    assert (revenue.title, revenue.url) == ("Revenue", "https://wiki.example/revenue")
    assert (revenue.modified, revenue.categories) == ("2026-06-20T22:53:05Z", ("finance", "revenue"))
    assert found["tables/orders.md"].modified == "2026-01-02"


def test_everything_else_that_it_says_is_a_statement(bundle: Path) -> None:
    said = {item.path: item for item in read(bundle) if isinstance(item, SourceStatement)}
    policy = said["revenue.md#sources"]
    assert (policy.subject, policy.property, policy.kind, policy.value) == (
        "path:revenue.md", "sources", "url", "https://wiki.example/policy",
    )  # fmt: skip
    assert policy.qualifiers == (
        Qualifier(property="id", kind="text", value="policy"),
        Qualifier(property="title", kind="text", value="The policy"),
        Qualifier(property="usage_count", kind="quantity", value="5000"),
        Qualifier(property="last_modified", kind="time", value="2026-05-30"),
    )
    assert said["revenue.md#sources-2"].value == "all queries of the project"
    assert (said["revenue.md#stale_after"].kind, said["revenue.md#status"].value) == ("time", "stable")
    assert [said[f"revenue.md#verified{n}"].value for n in ("", "-2")] == ["human:ann", "process:nightly"]
    assert said["revenue.md#parameters"].value == '{"name": "year", "type": "integer"}'
    assert said["tables/orders.md#type"].value == "Table"


def test_a_bundle_is_built_with_all_its_statements(bundle: Path, tmp_path: Path) -> None:
    out = tmp_path / "b.edition"
    build(out, [bundle], workers=1, meaning=False)
    with Edition.open(out) as edition:
        assert edition.info.statements == 13
        assert '<a href="./tables/orders.md">' in next(a.body for _, a in edition.scan() if a.path == "revenue.md")


def test_a_page_of_a_site_with_a_type_is_no_concept(tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text("---\ntype: post\nlayout: wide\n---\nText.\n")
    assert not [item for item in read(tmp_path) if isinstance(item, SourceStatement)]


def test_scalars_stay_as_they_are_written() -> None:
    front = yaml_front("a: 2020-01-02\nb: yes\nc: 007\nd: ~\ne: 'it''s'\n")
    assert [front.one(key) for key in "abcde"] == ["2020-01-02", "yes", "007", "~", "it's"]


def test_what_is_no_yaml_is_read_line_by_line() -> None:
    front, rest = split_front("---\ntitle: Incident: the alert\ntags: [a, b]\n---\ntext")
    assert (front.one("title"), front.many("tags"), rest) == ("Incident: the alert", ("a", "b"), "text")


@pytest.mark.parametrize(
    "block",
    [
        "a: &x [1]\n" + "".join(f"k{n}: [*x, *x]\n" for n in range(90)),
        "a: " + "[" * 5_000,
        "- &a [*a]",
        "a: &b {c: *b}",
    ],
)
def test_front_matter_that_would_never_end_is_bounded(block: str) -> None:
    yaml_front(block)


def test_names_for_names_for_names_are_no_bomb() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert yaml_front("\n".join(lines)).tree == {}


def test_a_note_has_the_authors_of_its_front_matter(tmp_path: Path) -> None:
    (tmp_path / "hours.md").write_text("---\nauthor: Ruth Adeyemi\ndate: 2026-09-01\n---\nWe open at eight.\n")
    (tmp_path / "moss.md").write_text("---\nauthors: [Ann Lee, Orla Finn]\n---\nMoss grows slowly.\n")
    found = {each.path: each.creators for each in read(tmp_path) if isinstance(each, Document)}
    assert found == {"hours.md": ("Ruth Adeyemi",), "moss.md": ("Ann Lee", "Orla Finn")}
