"""What is loaded of an edition that is still on its way, or of which records are damaged."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from galactica.errors import EditionError
from galactica.spread.assembly.part import assemble_part
from galactica.spread.assembly.store import RecordStore
from galactica.spread.release.document import Release
from galactica.spread.release.objects import object_path
from galactica.spread.release.pack import check_object, read_pack
from galactica.spread.release.publication import published_releases
from galactica.spread.release.publishing import publish_edition
from galactica.train.loading.loader import Loader
from galactica.train.loading.vocabulary import Vocabulary
from galactica.train.views.view import View
from tests.train.views.conftest import article, edition, view_of


def test_a_part_of_an_edition_is_loaded_like_any(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Nine of forty articles have arrived."""
    whole = edition(tmp_path, [article(number) for number in range(40)])
    publish_edition(whole, tmp_path / "pub", workers=0)
    release = Release.from_bytes(next(iter(published_releases(tmp_path / "pub")))[1])
    with RecordStore.of(tmp_path / "store", release) as store:
        articles = []
        for each in release.objects:
            checked = check_object((tmp_path / "pub" / object_path(each.hash)).read_bytes(), each)
            if each.kind == "leaves":
                store.put_object(checked)
            elif each.kind == "pack":
                entries = list(read_pack(checked, 2))
                store.put_entries([entry for entry in entries if entry.table != "articles"])
                articles += [entry for entry in entries if entry.table == "articles"]
        store.put_entries(articles[:9])
        assemble_part(store, release, tmp_path / "part.edition", work=tmp_path / "work")
    made = view_of(tmp_path / "part.view", tmp_path / "part.edition")
    with (
        View.open(made.path) as view,
        Loader(view, batch=2, seq_len=32, seed=1, tokenizer=vocabulary, epochs=1) as loader,
    ):
        found = {document for batch in loader for document in batch.stretch_documents.tolist()}
        assert found == set(range(9))
        assert len({view.about(number).title for number in found}) == 9


def test_a_record_that_was_changed_is_named_or_left_out_and_counted(tmp_path: Path, vocabulary: Vocabulary) -> None:
    place = edition(tmp_path, [article(number) for number in range(12)])
    made = view_of(tmp_path / "made.view", place)
    file = place / "data" / "articles" / "00000.parquet"
    table = pq.read_table(file)
    bodies = table.column("body").to_pylist()
    bodies[5] = bodies[5].replace("lighthouse", "lightship")
    column = pa.array(bodies, table.schema.field("body").type)
    pq.write_table(table.set_column(table.schema.get_field_index("body"), table.schema.field("body"), column), file)
    title = table.column("title").to_pylist()[5]
    with pytest.raises(EditionError, match=f"'{title}'") as error:
        list(Loader(made.path, batch=2, seq_len=32, seed=1, tokenizer=vocabulary, epochs=1))
    assert "Document 5 of the view" in error.value.problem
    with Loader(made.path, batch=2, seq_len=32, seed=1, tokenizer=vocabulary, epochs=1, skip_damaged=True) as loader:
        found = {document for batch in loader for document in batch.stretch_documents.tolist()}
        assert found == set(range(12)) - {5}
        assert loader.skipped == (5,)
