"""The schemas that are published with the program: which document each verb writes with `--json`.

`tools/schemas.py` writes them to src/galactica/schemas; a test sees that they are current. `evaluation.json` is not
among them: it is the form of a file that `evaluate` keeps and reads again, and stands by hand.
"""

from __future__ import annotations

import msgspec

from galactica.model.json import Json
from galactica.wire import (
    answer,
    article,
    broadcasting,
    changed,
    checks,
    claims,
    differing,
    duplicates,
    edition,
    engraved,
    followed,
    hits,
    language_models,
    late_sessions,
    learned,
    planned,
    preserved,
    program,
    report,
    spread,
    tokenized,
    topics,
    traced,
    trusted,
    views,
    wrapped,
)
from galactica.wire.schema import DIALECT, Schema, schema_of

WRITTEN: dict[str, tuple[type[msgspec.Struct], str]] = {
    "ask": (answer.AnswerDocument, "ask"),
    "broadcast": (broadcasting.BroadcastDocument, "broadcast"),
    "claims": (claims.ClaimsDocument, "claims"),
    "dataset": (views.ViewDocument, "dataset"),
    "delta": (changed.DeltaDocument, "delta"),
    "demo": (edition.TourDocument, "demo"),
    "diff": (checks.DifferenceDocument, "diff"),
    "disagreements": (differing.DisagreementsDocument, "disagreements"),
    "duplicates": (duplicates.DuplicatesDocument, "duplicates"),
    "encoder": (learned.EncodersDocument, "encoder use, encoder list"),
    "engrave": (engraved.EngravedDocument, "engrave"),
    "export": (program.ExportDocument, "export"),
    "fetch": (spread.FetchDocument, "fetch"),
    "follow": (followed.FollowDocument, "follow"),
    "instruct": (views.InstructDocument, "train instruct"),
    "info": (edition.InfoDocument, "build, info, index, shelf ls"),
    "join": (claims.JoinDocument, "join"),
    "key": (trusted.PublicKeyDocument, "keys export"),
    "keys": (trusted.OwnKeysDocument, "keys new, keys list"),
    "ls": (article.ListDocument, "ls"),
    "mcp": (program.ListeningDocument, "mcp"),
    "model": (learned.ModelDocument, "model use, model none, model show, model try"),
    "plan": (planned.PlanDocument, "plan"),
    "protect": (preserved.ProtectionDocument, "protect"),
    "request": (late_sessions.RequestDocument, "request"),
    "respond": (late_sessions.RespondDocument, "respond"),
    "wrap": (wrapped.WrapDocument, "wrap"),
    "trace": (traced.TracedTextsDocument, "trace"),
    "unwrap": (wrapped.UnwrapDocument, "unwrap"),
    "prove": (program.ProofFileDocument, "prove"),
    "publish": (spread.PublishDocument, "publish"),
    "ranker": (learned.RankerDocument, "train ranker"),
    "tagger": (learned.TrainedTaggerDocument, "train tagger"),
    "lm": (language_models.TrainedLanguageModel, "train lm"),
    "generate": (language_models.GeneratedDocument, "generate"),
    "lm-evaluation": (language_models.LmEvaluationDocument, "eval lm"),
    "tokenizer": (tokenized.TrainedTokenizerDocument, "train tokenizer"),
    "read": (article.ArticleTextDocument, "read"),
    "reader": (learned.TrainedReaderDocument, "train reader"),
    "receive": (broadcasting.ReceivedDocument, "receive"),
    "report": (report.ReportsDocument, "report"),
    "roots": (trusted.RootsDocument, "keys root, keys rotate, keys show"),
    "recover": (preserved.RecoveryDocument, "recover"),
    "repair": (preserved.RepairDocument, "repair"),
    "scans": (engraved.ScansDocument, "recover --scans"),
    "scrub": (preserved.ScrubDocument, "scrub"),
    "search": (hits.ResultsDocument, "search"),
    "serve": (program.ListeningDocument, "serve"),
    "shelf": (program.ShelfDocument, "shelf add, shelf rm"),
    "signed": (trusted.SignedDocument, "keys sign"),
    "sql": (program.RowsDocument, "sql"),
    "suggest": (hits.SuggestionsDocument, "suggest"),
    "topics": (topics.TopicsDocument, "topics"),
    "update": (changed.UpdateDocument, "update"),
    "trained": (learned.TrainedEncoder, "train encoder"),
    "trust": (trusted.TrustDocument, "trust add, trust list, trust remove"),
    "version": (program.VersionDocument, "version"),
    "why": (topics.WhyDocument, "why"),
}
"""Name of a schema → the document, and the verbs that write it."""

_EITHER: list[Json] = [
    {"required": ["articles", "problems", "editions"], "not": {"required": ["proof"]}},
    {"required": ["proof"], "not": {"anyOf": [{"required": [key]} for key in ("articles", "problems", "editions")]}},
]


def published() -> dict[str, Schema]:
    """Every schema by its name."""
    found = {name: _schema(kind, _title(verbs)) for name, (kind, verbs) in WRITTEN.items()}
    found["error"] = _schema(program.ErrorDocument, "What is written by any verb with --json when it fails")
    found["verify"] = {
        "$schema": DIALECT,
        **schema_of(
            checks.VerificationDocument,
            checks.ProvenDocument,
            checks.UnprovenDocument,
            title="What is written by galactica verify --json (with --proof: ok and proof)",
            oneOf=_EITHER,
        ),
    }
    return dict(sorted(found.items()))


def _schema(kind: type[msgspec.Struct], title: str) -> Schema:
    return {"$schema": DIALECT, **schema_of(kind, title=title)}


def _title(verbs: str) -> str:
    return "What is written by " + " and ".join(f"galactica {verb} --json" for verb in verbs.split(", "))
