"""What a program asks, over HTTP and in MCP: a question and the part of the library it is asked of, with its bounds."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from galactica.wire.objects import JsonObject

MAX_QUESTION = 2000
"""Characters of a question."""

MAX_QUERY = 500
"""Characters of a query; the longest questions of SQuAD have about 200."""

MAX_LANGUAGE = 64
MAX_SOURCE = 200
MAX_SOURCES = 20

QuestionText = Annotated[str, Meta(min_length=1, max_length=MAX_QUESTION)]
OnlyLanguage = Annotated[str, Meta(max_length=MAX_LANGUAGE, description="Only articles in this language (BCP 47).")]
SourceKeys = list[Annotated[str, Meta(max_length=MAX_SOURCE, description="Key of a source.")]]


class QuestionDocument(JsonObject, frozen=True, kw_only=True):
    """What is asked, and of what part of the library."""

    question: Annotated[QuestionText, Meta(description="A question in any language.")]
    language: OnlyLanguage = ""
    sources: Annotated[
        SourceKeys, Meta(max_length=MAX_SOURCES, description="Only articles of these sources; none for all.")
    ] = field(default_factory=list)
    group: Annotated[
        bool, Meta(description="Several researchers look in different ways and compare what they find; slower.")
    ] = False
    fast: Annotated[
        bool, Meta(description="What search finds is read in its order, not ranked before; quicker, and finds less.")
    ] = False
