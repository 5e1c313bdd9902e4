"""One function for each thing a person can do: the Python API, and the only place where packages are joined.

Each is loaded when it is first asked for, so that a device that only reads never loads what builds.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from galactica.library.homes import HOMES

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
    from galactica.library.filming import (
        CameraSession,
        CameraState,
        FilmOptions,
        FilmTally,
        FrameGrid,
        broadcast_film,
        camera_session,
        empty_library,
        grid_of,
        receive_filmed,
    )
    from galactica.library.joining import Joined, JoiningStage, WordedClaim, claims_of, fates_of_claims, join
    from galactica.library.language_models import Choosing, TrainingWish, evaluate_lm, generate, train_lm
    from galactica.library.late_sessions import LateRequest, Responded, request, respond
    from galactica.library.models import Model, Tried, chosen_model, model_at, try_model
    from galactica.library.planning import LinkWords, plan_link, plan_picture, what_size
    from galactica.library.proofs import InclusionProof, Proven, prove, proven_text, verify_proof
    from galactica.library.settings import Settings
    from galactica.library.spreading import FetchedEdition, PublishedRelease, Release, fetch, publish
    from galactica.library.static_editions import (
        StaticReader,
        StaticWritten,
        ask_static,
        is_static,
        kept_folder,
        lay_out_static,
        open_static,
        static_trust,
    )
    from galactica.library.tagging import stages_tagged
    from galactica.library.taking import export, info
    from galactica.library.topics import TopicsFound, TopicsMade, WhyFound, join_topics, topics_found, why_topic
    from galactica.library.tracing import TRAINING, ModelSamples, index_place, model_samples, open_tracer, trace
    from galactica.library.updating import DeltaMade, UpdatedEdition, delta, update
    from galactica.library.verifying import verify
    from galactica.library.wrapping import unwrap, wrap
    from galactica.query.sql import SqlLimits, SqlResult
    from galactica.search import SearchPage
    from galactica.spread.late.wrapping import Unwrapped, Wrapping
    from galactica.spread.plan import Aim, LinkPlan
    from galactica.train.instruct.making import make_instruct
    from galactica.train.loading.making import MadeTokenizer, train_tokenizer
    from galactica.train.ranking import TaughtRanker, train_ranker
    from galactica.train.reader_training import TrainedReaderFile, train_reader
    from galactica.train.student.making import train_student
    from galactica.train.tagger.making import TrainedTaggerFile, train_tagger
    from galactica.train.tracing.memorised import Memorised, MemorisedSpan, memorised, memorised_of
    from galactica.train.tracing.told import TracedPlace, TracedSpan, TracedText
    from galactica.train.tracing.tracing import LARGEST_TEXT, Tracer
    from galactica.train.training import Trained, train_encoder
    from galactica.train.views.exports.exporting import export_view
    from galactica.train.views.filtering import ViewFilter
    from galactica.train.views.making import make_view
    from galactica.train.views.view import View

__all__ = [
    "LARGEST_TEXT",
    "LARGEST_TRUST",
    "TRAINING",
    "Aim",
    "ArticlePage",
    "BroadcastOptions",
    "Broadcasted",
    "CameraSession",
    "CameraState",
    "Change",
    "Choosing",
    "ClaimFate",
    "DatedArticle",
    "DeltaMade",
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
    "FilmOptions",
    "FilmTally",
    "Followed",
    "FrameGrid",
    "Head",
    "InWork",
    "InclusionProof",
    "Joined",
    "JoiningStage",
    "KindReport",
    "LateRequest",
    "LeftOut",
    "LeftOutReason",
    "Library",
    "LinkPlan",
    "LinkWords",
    "MadeTokenizer",
    "MeaningInfo",
    "Memorised",
    "MemorisedSpan",
    "Model",
    "ModelSamples",
    "NamedCluster",
    "NamedParagraph",
    "PartEntry",
    "PartialHeader",
    "Problem",
    "Proven",
    "PublishedRelease",
    "ReceivedEdition",
    "Release",
    "Responded",
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
    "TracedPlace",
    "TracedSpan",
    "TracedText",
    "Tracer",
    "Trained",
    "TrainedReaderFile",
    "TrainedTaggerFile",
    "TrainingWish",
    "Tried",
    "Trust",
    "Unwrapped",
    "UpdatedEdition",
    "Verification",
    "Verified",
    "View",
    "ViewFilter",
    "WhyFound",
    "WordedClaim",
    "Wrapping",
    "ask_static",
    "broadcast",
    "broadcast_film",
    "build",
    "camera_session",
    "chosen_model",
    "claims_of",
    "delta",
    "diff",
    "duplicates",
    "edition_report",
    "empty_library",
    "evaluate_lm",
    "evaluate_search",
    "evaluation_document",
    "export",
    "export_view",
    "fates_of_claims",
    "fetch",
    "follow",
    "generate",
    "grid_of",
    "index",
    "index_place",
    "index_received",
    "info",
    "is_static",
    "join",
    "join_topics",
    "kept_folder",
    "known",
    "lay_out_static",
    "list_encoders",
    "make_instruct",
    "make_view",
    "memorised",
    "memorised_of",
    "model_at",
    "model_samples",
    "open_library",
    "open_static",
    "open_tracer",
    "plan_link",
    "plan_picture",
    "prove",
    "proven_text",
    "publish",
    "read_trust",
    "receive",
    "receive_filmed",
    "request",
    "respond",
    "sql",
    "stages_tagged",
    "static_trust",
    "topics_found",
    "trace",
    "train_encoder",
    "train_lm",
    "train_ranker",
    "train_reader",
    "train_student",
    "train_tagger",
    "train_tokenizer",
    "try_model",
    "unwrap",
    "update",
    "verified",
    "verify",
    "verify_proof",
    "warm",
    "what_size",
    "why_topic",
    "wrap",
]

_HOME_OF = {name: home for home, names in HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Load what is asked for (PEP 562)."""
    if name == "index":
        return import_module("galactica.building.indexing").reindex
    if name not in _HOME_OF:
        raise AttributeError(name)
    return getattr(import_module(_HOME_OF[name]), name)
