"""One function for each thing a person can do: the Python API, and the only place where packages are joined.

Each is loaded when it is first asked for, so that a device that only reads never loads what builds.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from galactica.building.build import build
    from galactica.building.indexing import reindex as index
    from galactica.building.workers import warm
    from galactica.claims.anchored import ClaimFate
    from galactica.collection.articles import ArticlePage, TitleEntry
    from galactica.collection.differing import (
        LARGEST_TRUST,
        Differing,
        ShownClaim,
        ShownGroup,
        SourceRecord,
        Trust,
        read_trust,
    )
    from galactica.collection.opened import Library
    from galactica.collection.opening import open_library
    from galactica.collection.report import EditionReport, KindReport, LeftOutReason, edition_report
    from galactica.collection.shelf import Shelf
    from galactica.collection.statements import StatedElsewhere, ToldStatement
    from galactica.collection.tables import sql
    from galactica.collection.works import InWork, PartEntry
    from galactica.edition import Edition, EditionInfo, Head, MeaningInfo
    from galactica.edition.compare import Change, Difference, diff
    from galactica.edition.info import LeftOut
    from galactica.edition.partial import PartialHeader
    from galactica.edition.problem import Problem
    from galactica.edition.sealing import Verified, known, verified
    from galactica.edition.verify import Verification
    from galactica.export.summary import ExportSummary
    from galactica.follow.following import Followed, follow
    from galactica.follow.next_edition import EditionOptions
    from galactica.follow.round import RoundOptions, Tally
    from galactica.library.broadcasting import (
        Broadcasted,
        BroadcastOptions,
        ReceivedEdition,
        broadcast,
        index_received,
        receive,
    )
    from galactica.library.duplicates_found import (
        DatedArticle,
        DuplicatesFound,
        NamedCluster,
        NamedParagraph,
        duplicates,
    )
    from galactica.library.encoders import EncoderInfo, list_encoders
    from galactica.library.evaluating import Evaluation, evaluate_search, evaluation_document
    from galactica.library.joining import Joined, JoiningStage, WordedClaim, claims_of, fates_of_claims, join
    from galactica.library.models import Model, Tried, chosen_model, model_at, try_model
    from galactica.library.planning import LinkWords, plan_link, plan_picture
    from galactica.library.proofs import InclusionProof, Proven, prove, proven_text, verify_proof
    from galactica.library.settings import Settings
    from galactica.library.spreading import FetchedEdition, PublishedRelease, Release, fetch, publish
    from galactica.library.static_editions import (
        StaticReader,
        StaticWritten,
        is_static,
        kept_folder,
        lay_out_static,
        open_static,
    )
    from galactica.library.tagging import stages_tagged
    from galactica.library.taking import export, info
    from galactica.library.topics import TopicsFound, TopicsMade, WhyFound, join_topics, topics_found, why_topic
    from galactica.library.verifying import verify
    from galactica.query.sql import SqlLimits, SqlResult
    from galactica.search import SearchPage
    from galactica.spread.film.camera import CameraSession, CameraState
    from galactica.spread.plan import Aim, LinkPlan
    from galactica.train.ranking import TaughtRanker, train_ranker
    from galactica.train.reader_training import TrainedReaderFile, train_reader
    from galactica.train.student.making import train_student
    from galactica.train.tagger.making import TrainedTaggerFile, train_tagger
    from galactica.train.training import Trained, train_encoder

__all__ = [
    "LARGEST_TRUST",
    "Aim",
    "ArticlePage",
    "BroadcastOptions",
    "Broadcasted",
    "CameraSession",
    "CameraState",
    "Change",
    "ClaimFate",
    "DatedArticle",
    "Difference",
    "Differing",
    "DuplicatesFound",
    "Edition",
    "EditionInfo",
    "EditionOptions",
    "EditionReport",
    "EncoderInfo",
    "Evaluation",
    "ExportSummary",
    "FetchedEdition",
    "Followed",
    "Head",
    "InWork",
    "InclusionProof",
    "Joined",
    "JoiningStage",
    "KindReport",
    "LeftOut",
    "LeftOutReason",
    "Library",
    "LinkPlan",
    "LinkWords",
    "MeaningInfo",
    "Model",
    "NamedCluster",
    "NamedParagraph",
    "PartEntry",
    "PartialHeader",
    "Problem",
    "Proven",
    "PublishedRelease",
    "ReceivedEdition",
    "Release",
    "RoundOptions",
    "SearchPage",
    "Settings",
    "Shelf",
    "ShownClaim",
    "ShownGroup",
    "SourceRecord",
    "SqlLimits",
    "SqlResult",
    "StatedElsewhere",
    "StaticReader",
    "StaticWritten",
    "Tally",
    "TaughtRanker",
    "TitleEntry",
    "ToldStatement",
    "TopicsFound",
    "TopicsMade",
    "Trained",
    "TrainedReaderFile",
    "TrainedTaggerFile",
    "Tried",
    "Trust",
    "Verification",
    "Verified",
    "WhyFound",
    "WordedClaim",
    "broadcast",
    "build",
    "chosen_model",
    "claims_of",
    "diff",
    "duplicates",
    "edition_report",
    "evaluate_search",
    "evaluation_document",
    "export",
    "fates_of_claims",
    "fetch",
    "follow",
    "index",
    "index_received",
    "info",
    "is_static",
    "join",
    "join_topics",
    "kept_folder",
    "known",
    "lay_out_static",
    "list_encoders",
    "model_at",
    "open_library",
    "open_static",
    "plan_link",
    "plan_picture",
    "prove",
    "proven_text",
    "publish",
    "read_trust",
    "receive",
    "sql",
    "stages_tagged",
    "topics_found",
    "train_encoder",
    "train_ranker",
    "train_reader",
    "train_student",
    "train_tagger",
    "try_model",
    "verified",
    "verify",
    "verify_proof",
    "warm",
    "why_topic",
]

_HOMES = {
    "galactica.spread.plan": ("Aim", "LinkPlan"),
    "galactica.library.planning": ("LinkWords", "plan_link", "plan_picture"),
    "galactica.claims.anchored": ("ClaimFate",),
    "galactica.library.joining": ("Joined", "JoiningStage", "WordedClaim", "claims_of", "fates_of_claims", "join"),
    "galactica.edition.partial": ("PartialHeader",),
    "galactica.edition.problem": ("Problem",),
    "galactica.library.spreading": ("FetchedEdition", "PublishedRelease", "Release", "fetch", "publish"),
    "galactica.edition.verify": ("Verification",),
    "galactica.building.build": ("build",),
    "galactica.edition.compare": ("Change", "Difference", "diff"),
    "galactica.follow.following": ("Followed", "follow"),
    "galactica.follow.next_edition": ("EditionOptions",),
    "galactica.follow.round": ("RoundOptions", "Tally"),
    "galactica.library.broadcasting": (
        "BroadcastOptions",
        "Broadcasted",
        "ReceivedEdition",
        "broadcast",
        "index_received",
        "receive",
    ),
    "galactica.library.duplicates_found": (
        "DuplicatesFound",
        "DatedArticle",
        "NamedCluster",
        "NamedParagraph",
        "duplicates",
    ),
    "galactica.library.encoders": ("EncoderInfo", "list_encoders"),
    "galactica.library.evaluating": ("Evaluation", "evaluate_search", "evaluation_document"),
    "galactica.library.models": ("Model", "Tried", "chosen_model", "model_at", "try_model"),
    "galactica.library.proofs": ("InclusionProof", "Proven", "prove", "proven_text", "verify_proof"),
    "galactica.collection.articles": ("ArticlePage", "TitleEntry"),
    "galactica.collection.differing": (
        "LARGEST_TRUST",
        "Differing",
        "ShownClaim",
        "ShownGroup",
        "SourceRecord",
        "Trust",
        "read_trust",
    ),
    "galactica.collection.opened": ("Library",),
    "galactica.collection.opening": ("open_library",),
    "galactica.train.ranking": ("TaughtRanker", "train_ranker"),
    "galactica.train.reader_training": ("TrainedReaderFile", "train_reader"),
    "galactica.library.settings": ("Settings",),
    "galactica.library.static_editions": (
        "StaticReader",
        "StaticWritten",
        "is_static",
        "kept_folder",
        "lay_out_static",
        "open_static",
    ),
    "galactica.library.tagging": ("stages_tagged",),
    "galactica.train.tagger.making": ("TrainedTaggerFile", "train_tagger"),
    "galactica.collection.report": ("EditionReport", "KindReport", "LeftOutReason", "edition_report"),
    "galactica.collection.shelf": ("Shelf",),
    "galactica.train.student.making": ("train_student",),
    "galactica.train.training": ("Trained", "train_encoder"),
    "galactica.edition": ("Edition", "EditionInfo", "Head", "MeaningInfo"),
    "galactica.edition.info": ("LeftOut",),
    "galactica.search": ("SearchPage",),
    "galactica.collection.statements": ("StatedElsewhere", "ToldStatement"),
    "galactica.collection.works": ("InWork", "PartEntry"),
    "galactica.edition.sealing": ("Verified", "known", "verified"),
    "galactica.library.verifying": ("verify",),
    "galactica.building.workers": ("warm",),
    "galactica.collection.tables": ("sql",),
    "galactica.library.taking": ("export", "info"),
    "galactica.library.topics": (
        "TopicsFound",
        "TopicsMade",
        "WhyFound",
        "join_topics",
        "topics_found",
        "why_topic",
    ),
    "galactica.export.summary": ("ExportSummary",),
    "galactica.query.sql": ("SqlLimits", "SqlResult"),
    "galactica.spread.film.camera": ("CameraSession", "CameraState"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Load what is asked for (PEP 562)."""
    if name == "index":
        return import_module("galactica.building.indexing").reindex
    try:
        home = _HOME_OF[name]
    except KeyError:
        raise AttributeError(name) from None
    return getattr(import_module(home), name)
