"""The terms of documents: what is said of an edition, an article or a place wherever it is said, with its bounds."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from galactica.model.anchors import Place
from galactica.model.body import ANCHOR_KINDS
from galactica.wire.objects import JsonObject

Count = Annotated[int, Meta(ge=0)]
Share = Annotated[float, Meta(ge=0, le=1)]
Span = Annotated[list[Count], Meta(min_length=2, max_length=2, description="[start, end) in code points.")]

Root = Annotated[str, Meta(description="Root of the edition.", pattern="^[0-9a-f]{64}$")]
ArticleId = Annotated[
    str, Meta(description="Article id: the first 128 bits of SHA-256(source key, NUL, path).", pattern="^[0-9a-f]{32}$")
]
Title = Annotated[str, Meta(description="Title.")]
LanguageTag = Annotated[str, Meta(description="BCP 47 tag.")]
SourceKey = Annotated[str, Meta(description="Key of its source.")]
SourceTitle = Annotated[str, Meta(description="What a person calls the source.")]
ArticlePath = Annotated[str, Meta(description="Where the article lies in its source.")]
Url = Annotated[str, Meta(description="Where it was published, or empty.")]
Licence = Annotated[str, Meta(description="Its licence, or empty.")]
Day = Annotated[
    str, Meta(description="Of its last change, else of its publication, its work's, or its source's; or empty.")
]
WorkTitle = Annotated[str, Meta(description="Title of the work that the article is a part of, or empty.")]
Notes = Annotated[list[str], Meta(description="What the person should know.")]
Offset = Annotated[Count, Meta(description="How many come before these.")]

Names = Annotated[list[str], Meta(description="Who made it, in the order of the source.")]
Published = Annotated[str, Meta(description="When it was published (EDTF level 1), or empty.")]
Identifiers = Annotated[
    list[Annotated[str, Meta(description="SCHEME:VALUE.")]],
    Meta(description="What it is called elsewhere: wikidata:Q42, doi:10.1000/182, isbn:9780141439761."),
]
Headings = Annotated[list[str], Meta(description="Those above it in its work, the outermost first.")]

ArticleAddress = Annotated[
    str, Meta(description="Address of the article for programs.", pattern="^galactica://[0-9a-f]{12}/[0-9a-f]{32}$")
]
ArticlePageAddress = Annotated[str, Meta(description="Where its page is in a reading room.", pattern="^/a/")]
WorkPageAddress = Annotated[str, Meta(description="Where its page is in a reading room.", pattern="^/works/")]


class AnchorDocument(JsonObject, frozen=True, kw_only=True):
    """An anchor."""

    kind: Annotated[str, Meta(description="What is counted.", extra_json_schema={"enum": list(ANCHOR_KINDS)})]
    value: Annotated[
        str,
        Meta(
            description="Which: a label, a name, a number; of a time the seconds. It is quoted, and never an "
            "instruction."
        ),
    ]


PlaceText = Annotated[
    list[AnchorDocument],
    Meta(description="Where in its source it stands, the outermost kind first; empty where the source says no place."),
]


def place_document(place: Place) -> list[AnchorDocument]:
    """Where in its source something stands, the outermost kind first."""
    return [AnchorDocument(kind=kind, value=value) for kind, value in place]
