"""One function for each thing a person can do: the Python API, and the only place where rooms are joined.

Each is loaded when it is first asked for, so that a device that only reads never loads what builds.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from galactica.edition.compare import Change, Difference, diff
    from galactica.edition.verify import Problem, Verification
    from galactica.export.summary import ExportSummary
    from galactica.library.building import build
    from galactica.library.encoders import EncoderInfo, list_encoders
    from galactica.library.evaluating import Evaluation, evaluate_search, evaluation_document
    from galactica.library.indexing import reindex as index
    from galactica.library.models import Model, Tried, chosen_model, model_at, try_model
    from galactica.library.opening import ArticlePage, Library, TitleEntry, open_library
    from galactica.library.ranking import TaughtRanker, train_ranker
    from galactica.library.reader_training import TrainedReaderFile, train_reader
    from galactica.library.sealing import Verified, known, verified
    from galactica.library.settings import Settings
    from galactica.library.shelf import Shelf
    from galactica.library.taking import export, info, sql
    from galactica.library.training import Trained, train_encoder
    from galactica.library.verifying import verify
    from galactica.library.workers import warm
    from galactica.query.sql import SqlLimits, SqlResult

__all__ = [
    "ArticlePage",
    "Change",
    "Difference",
    "EncoderInfo",
    "Evaluation",
    "ExportSummary",
    "Library",
    "Model",
    "Problem",
    "Settings",
    "Shelf",
    "SqlLimits",
    "SqlResult",
    "TaughtRanker",
    "TitleEntry",
    "Trained",
    "TrainedReaderFile",
    "Tried",
    "Verification",
    "Verified",
    "build",
    "chosen_model",
    "diff",
    "evaluate_search",
    "evaluation_document",
    "export",
    "index",
    "info",
    "known",
    "list_encoders",
    "model_at",
    "open_library",
    "sql",
    "train_encoder",
    "train_ranker",
    "train_reader",
    "try_model",
    "verified",
    "verify",
    "warm",
]

_HOMES = {
    "galactica.edition.verify": ("Problem", "Verification"),
    "galactica.library.building": ("build",),
    "galactica.edition.compare": ("Change", "Difference", "diff"),
    "galactica.library.encoders": ("EncoderInfo", "list_encoders"),
    "galactica.library.evaluating": ("Evaluation", "evaluate_search", "evaluation_document"),
    "galactica.library.models": ("Model", "Tried", "chosen_model", "model_at", "try_model"),
    "galactica.library.opening": ("ArticlePage", "Library", "TitleEntry", "open_library"),
    "galactica.library.ranking": ("TaughtRanker", "train_ranker"),
    "galactica.library.reader_training": ("TrainedReaderFile", "train_reader"),
    "galactica.library.settings": ("Settings",),
    "galactica.library.shelf": ("Shelf",),
    "galactica.library.training": ("Trained", "train_encoder"),
    "galactica.library.sealing": ("Verified", "known", "verified"),
    "galactica.library.verifying": ("verify",),
    "galactica.library.workers": ("warm",),
    "galactica.library.taking": ("export", "info", "sql"),
    "galactica.export.summary": ("ExportSummary",),
    "galactica.query.sql": ("SqlLimits", "SqlResult"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Load what is asked for (PEP 562)."""
    if name == "index":
        return import_module("galactica.library.indexing").reindex
    try:
        home = _HOME_OF[name]
    except KeyError:
        raise AttributeError(name) from None
    return getattr(import_module(home), name)
