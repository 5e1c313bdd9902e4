"""Making the topics of an edition: read, compare, learn, join, write to `joined/topics`."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from galactica.cluster.crew import Crew, no_crew
from galactica.edition import Edition
from galactica.edition.derived import derived_dir, deriving
from galactica.errors import UsageError
from galactica.joining.topics.deciding import MARGIN, NEARLY, NEVER, bearers, field_bits, forbids, name_rarity, needed
from galactica.joining.topics.edges import RANGE, NearMisses, TopicEdges, pair_keys
from galactica.joining.topics.evidence import COMPARISONS, pattern_of, regime_of
from galactica.joining.topics.gathering import GatheredThings
from galactica.joining.topics.kept import (
    NAME,
    RULES,
    VERSION,
    FieldSaid,
    TopicPair,
    write_pairs,
    write_topics,
    write_weights,
    write_words,
)
from galactica.joining.topics.learning import Weights
from galactica.joining.topics.linked import KnownLinks, LinksAgreed
from galactica.joining.topics.members import with_subjects
from galactica.joining.topics.pairing import ThingPairs
from galactica.joining.topics.rules import RowRules, by_row, parsed_rules, read_rules
from galactica.joining.topics.shard_things import OpenTopicsEncoder, gather_things
from galactica.joining.topics.thing import Thing
from galactica.joining.topics.titled import TitlesTaught
from galactica.joining.topics.two_languages import LAST, matched_pairs, told_pairs
from galactica.model import article_id
from galactica.progress import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsMade:
    """What was made.

    Attributes:
        topics: of several members; `members`: of all of these.
        pairs: compared of two sources; `joined`, `near`: that were joined, nearly; `crowded`: keys that too many
            things had.
        rules: by hand; `unknown`: places that they name and the edition has not.
    """

    topics: int
    members: int
    pairs: int
    joined: int
    near: int
    crowded: int
    rules: int
    unknown: tuple[tuple[str, str], ...]


def make_topics(
    edition: Edition,
    rules: Path | None,
    report: Report,
    *,
    opener: OpenTopicsEncoder | None = None,
    claims: bool = False,
    crew: Crew | None = None,
    of: Mapping[str, str] | None = None,
) -> TopicsMade:
    """Make the topics of an edition anew.

    Args:
        rules: a file of rules by hand; None: those that the topics before were made with.
        opener: of what makes vectors; None: texts are not compared by meaning.
        claims: whether the claims that are kept are compared, too.
        crew: who reads the articles, a shard at a time; None: this process. Comparing is done here.
        of: what else it is made of ("claims": their digest).

    Raises:
        UsageError: the rules are not understood, or another process is making them.
        EditionError: the edition is damaged.
    """
    text = _rules_text(edition, rules)
    known = by_row(edition, parsed_rules(text, RULES))
    encoder = opener() if opener is not None else None
    made_of = {
        "rules": str(article_id("rules", text.replace("\0", "")).hex()),
        "encoder": encoder.digest if encoder else "",
        **(of or {}),
    }
    with deriving(edition, NAME, VERSION, made_of) as folder:
        work, read = folder / "work", folder / "read"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        read.mkdir(exist_ok=True)
        digest = encoder.digest if encoder is not None else ""
        found = gather_things(
            edition, read, work, crew or no_crew(), report, opener=opener, digest=digest, claims=claims
        )
        with found.things:
            made = _joined(edition, found, known, work, folder, report)
        (folder / RULES).write_text(text, encoding="utf-8")
        for each in (work, read):
            shutil.rmtree(each)
    return made


def _rules_text(edition: Edition, rules: Path | None) -> str:
    if rules is not None:
        read_rules(rules)
        return rules.read_text(encoding="utf-8")
    before = derived_dir(edition, NAME) / RULES
    try:
        return before.read_text(encoding="utf-8") if before.is_file() else ""
    except (OSError, ValueError) as error:
        raise UsageError(
            f"The rules of the topics before cannot be read: {error}.", "Give them with --rules FILE."
        ) from None


def _joined(
    edition: Edition, found: GatheredThings, rules: RowRules, work: Path, folder: Path, report: Report
) -> TopicsMade:
    pairs = ThingPairs(found, work)
    compared = pairs.compare(report)
    near_folder = work / "near"
    near_folder.mkdir()
    edges, near = TopicEdges(), NearMisses(near_folder)
    _weigh(found, pairs, compared.weights, rules, edges, near)
    near.settle()

    def forbidden(low: int, high: int) -> str:
        return "parted by hand" if (low, high) in rules.apart else forbids(found.things[low], found.things[high])

    edges.decide(pairs.groups, MARGIN, forbidden, rules.together)
    apart = TitlesTaught(found.things, edges.clusters).against
    edges = _heard(edges, None)
    edges.decide(pairs.groups, MARGIN, forbidden, rules.together, apart)
    links = KnownLinks(found.things, pairs.groups, edges.clusters)

    def forbidden_by_links(low: int, high: int) -> str:
        return forbidden(low, high) or links.against(low, high)

    edges = _heard(edges, links)
    edges.decide(pairs.groups, MARGIN, forbidden_by_links, rules.together, apart)
    matched = [
        each
        for each in matched_pairs(found, pairs.groups, edges.clusters, links, report)
        if (each.low, each.high) not in edges
    ]
    if matched:
        edges = edges.with_others({(each.low, each.high): LAST + each.bits for each in matched})
        edges.decide(pairs.groups, MARGIN, forbidden_by_links, rules.together, apart)
    by_links = told_pairs(matched, KnownLinks(found.things, pairs.groups, edges.clusters), found.things)
    report("write", 0, None, "topics")
    topics, members = write_topics(folder, len(edition), with_subjects(edition, found.things, edges.clusters))
    verdicts: Counter[str] = Counter()
    write_pairs(folder, _told(found, compared.weights, edges, near, rules, links, by_links, verdicts))
    write_words(folder, found.words, found.names)
    made = TopicsMade(
        topics=topics,
        members=members,
        pairs=compared.pairs,
        joined=verdicts["joined"],
        near=verdicts["near"],
        crowded=compared.crowded,
        rules=len(rules.together) + len(rules.apart),
        unknown=rules.unknown,
    )
    counts = {
        "topics": made.topics,
        "members": made.members,
        "pairs": made.pairs,
        "pairs by chance": compared.drawn,
        "joined": made.joined,
        "near": made.near,
        "crowded keys": made.crowded,
        "rules": made.rules,
    }
    write_weights(folder, compared.weights, counts)
    return made


def _weigh(
    found: GatheredThings,
    pairs: ThingPairs,
    weights: tuple[Weights, ...],
    rules: RowRules,
    edges: TopicEdges,
    near: NearMisses,
) -> None:
    """Part the pairs: those that are to be joined, and the near misses with what they are worth."""
    for low, high, pattern, bits in pairs.weighed(weights):
        if bits < NEARLY:
            continue
        one, other = found.things[low], found.things[high]
        if bits >= needed(one, other, pattern) and not forbids(one, other) and (low, high) not in rules.apart:
            edges.add(bits, low, high)
        else:
            near.add(bits, low, high)


def _heard(edges: TopicEdges, links: KnownLinks | None) -> TopicEdges:
    """The same pairs, each with what its links say, if there are any; nothing is decided of them yet."""
    heard = TopicEdges()
    for bits, low, high in edges:
        heard.add(bits + (links.agreed(low, high).bits if links is not None else 0), low, high)
    return heard


def _told(
    found: GatheredThings,
    weights: tuple[Weights, ...],
    edges: TopicEdges,
    near: NearMisses,
    rules: RowRules,
    links: KnownLinks,
    by_links: Mapping[tuple[int, int], TopicPair],
    verdicts: Counter[str],
) -> Iterator[TopicPair]:
    """All that is kept of pairs, by row; counts the verdicts.

    Args:
        by_links: what is told of the pairs that links and learned names matched.
    """
    by_hand = dict.fromkeys(rules.together, "by hand") | dict.fromkeys(rules.apart, "parted")
    hand = np.array(sorted(by_hand), np.int64).reshape(-1, 2)
    total = len(found.things)
    for number in range(-(-total // RANGE)):
        own, reasons = edges.of_range(number)
        of_range = hand[hand[:, 0] // RANGE == number]
        refused = dict(zip(own.tolist(), reasons, strict=True))
        for key in np.unique(np.concatenate([own, near.of_range(number), pair_keys(*of_range.T)])).tolist():
            low, high = key >> 32, key & 0xFFFFFFFF
            pair = by_links.get((low, high))
            if pair is None:
                agreed = links.agreed(low, high) if key in refused else None
                pair = weighed_pair(found.things[low], found.things[high], found, weights, (low, high), total, agreed)
            verdict = by_hand.get((low, high)) or ("joined" if refused.get(key) == "" else "near")
            why = refused.get(key, pair.why) if verdict == "near" else ""
            verdicts[verdict] += 1
            yield TopicPair(low=low, high=high, verdict=verdict, bits=pair.bits, why=why, said=pair.said)


def weighed_pair(
    one: Thing,
    other: Thing,
    found: GatheredThings,
    weights: tuple[Weights, ...],
    rows: tuple[int, int],
    total: int,
    links: LinksAgreed | None = None,
) -> TopicPair:
    """What speaks for and against two things being one, whatever was made of it: the verdict is "near".

    Args:
        total: articles of the edition.
        links: what the links of a pair say that would be joined without them; None: they are not listened to.
    """
    pattern, here = pattern_of(one, other), weights[regime_of(one, other)]
    several = bearers(one, other, found.names)
    namesakes = f", which {several:,} bear" if several > 2 else ""
    rarity = name_rarity(one, other, found.names, total)
    said = [
        FieldSaid(field=each.name, level=each.levels[level] + (namesakes if each.name == "name" else ""), bits=bits)
        for each, level, bits in zip(COMPARISONS, pattern, field_bits(here, pattern, rarity), strict=True)
        if level >= 0
    ]
    if links is not None and links.could:
        said.append(FieldSaid(field="links", level=links.in_words(found.things), bits=links.bits))
    said.append(FieldSaid(field="before", level="before anything is compared", bits=here.before))
    bits = sum(each.bits for each in said)
    least = needed(one, other, pattern)
    why = forbids(one, other) or ("too little to go by" if least >= NEVER else "too little" if bits < least else "")
    return TopicPair(low=rows[0], high=rows[1], verdict="near", bits=bits, why=why, said=tuple(said))
