"""Topics, and why two articles are or are not one, as JSON documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from galactica.wire.addresses import address_of
from galactica.wire.objects import JsonObject, copied
from galactica.wire.terms import ArticleAddress, ArticleId, ArticlePath, Count, LanguageTag, Root, SourceKey, Title

if TYPE_CHECKING:
    from galactica.edition import Head
    from galactica.joining.topics.kept import JoinedTopic, TopicPair
    from galactica.library import TopicsFound, TopicsMade, WhyFound

Bits = Annotated[float, Meta(description="Bits that speak for one topic; negative where they speak against.")]


class TopicArticleDocument(JsonObject, frozen=True, kw_only=True):
    """An article."""

    id: ArticleId
    title: Title
    language: LanguageTag
    source: SourceKey
    path: ArticlePath
    address: ArticleAddress


class TopicMemberDocument(JsonObject, frozen=True, kw_only=True):
    """What belongs to a topic."""

    kind: Annotated[str, Meta(description="article, part or subject.")]
    article: Annotated[TopicArticleDocument | None, Meta(description="Null of a subject.")]
    subject: Annotated[str, Meta(description="Identifier of a subject of statements, or empty.")]


class TopicDocument(JsonObject, frozen=True, kw_only=True):
    """What several articles are about."""

    id: Annotated[
        str, Meta(description="That of its member whose source and path come first.", pattern="^[0-9a-f]{32}$")
    ]
    members: list[TopicMemberDocument]


class SaidDocument(JsonObject, frozen=True, kw_only=True):
    """What one field says of a pair."""

    field: Annotated[str, Meta(description="What is compared.")]
    level: Annotated[str, Meta(description="How far it agrees.")]
    bits: Bits


class TopicPairDocument(JsonObject, frozen=True, kw_only=True):
    """Two articles that were joined, or nearly."""

    articles: Annotated[list[TopicArticleDocument], Meta(min_length=2, max_length=2)]
    verdict: Annotated[str, Meta(description="joined, near (not joined), by hand (a rule joined them) or parted.")]
    bits: Bits
    why: Annotated[str, Meta(description="What kept them apart, or empty.")]
    said: list[SaidDocument]


class TopicsDocument(JsonObject, frozen=True, kw_only=True):
    """The topics of an edition, or that of one article."""

    root: Root
    topics: list[TopicDocument]
    pairs: Annotated[list[TopicPairDocument], Meta(description="Of the article that was asked for, and its topic's.")]
    counts: Annotated[dict[str, Count], Meta(description="What was counted when they were made.")]
    unknown: Annotated[list[str], Meta(description="Articles that rules name and the edition has not, if just made.")]


class WhyDocument(JsonObject, frozen=True, kw_only=True):
    """Why two articles are, or are not, one topic."""

    root: Root
    same: Annotated[bool, Meta(description="Whether they are one topic.")]
    through: Annotated[bool, Meta(description="Whether only other members lead from one to the other.")]
    reason: Annotated[str, Meta(description="What keeps them apart, in words, or empty.")]
    pair: TopicPairDocument
    topic: Annotated[str, Meta(description="Id of the topic of the first, where it has other members; or empty.")]


def topics_document(found: TopicsFound, made: TopicsMade | None = None) -> TopicsDocument:
    """Topics for a program."""
    return TopicsDocument(
        root=found.root,
        topics=[_topic(found.root, topic, found.heads) for topic in found.topics],
        pairs=[_pair(found.root, pair, found.heads) for pair in found.pairs],
        counts=found.counts,
        unknown=[f"{source}/{path}" for source, path in (made.unknown if made is not None else ())],
    )


def why_document(found: WhyFound) -> WhyDocument:
    """The reasons for a program."""
    heads = {found.one.row: found.one, found.other.row: found.other}
    topic = found.found.topic
    return WhyDocument(
        root=found.root,
        same=found.found.same,
        through=found.found.through,
        reason=found.reason,
        pair=_pair(found.root, found.found.pair, heads),
        topic=topic.id if topic is not None else "",
    )


def _topic(root: str, topic: JoinedTopic, heads: Mapping[int, Head]) -> TopicDocument:
    members = [
        TopicMemberDocument(
            kind=each.kind,
            article=_article(root, heads[each.row]) if each.row >= 0 else None,
            subject=each.subject,
        )
        for each in topic.members
    ]
    return TopicDocument(id=topic.id, members=members)


def _pair(root: str, pair: TopicPair, heads: Mapping[int, Head]) -> TopicPairDocument:
    said = [SaidDocument(field=each.field, level=each.level, bits=each.bits / 1000) for each in pair.said]
    articles = [_article(root, heads[row]) for row in (pair.low, pair.high)]
    return TopicPairDocument(articles=articles, verdict=pair.verdict, bits=pair.bits / 1000, why=pair.why, said=said)


def _article(root: str, head: Head) -> TopicArticleDocument:
    return copied(TopicArticleDocument, head, id=head.id.hex(), address=address_of(root, head.id))
