"""A run as a JSON document: saved to be compared with later, and read again.

The schema is src/galactica/schemas/evaluation.json; what `galactica eval search --json` writes is the same document.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from galactica.errors import InputError, UsageError
from galactica.evaluate.reading import parse_json, read_text
from galactica.evaluate.report import AskedFile, Evaluation, EvaluationSettings, Group, Outcome, Run
from galactica.model.json import Json
from galactica.placing import placed

FORMAT = "galactica evaluation"
VERSION = 1

_REMEDY = "Name a file that galactica eval search --save wrote."


def evaluation_document(evaluation: Evaluation) -> dict[str, Json]:
    """An evaluation as a JSON document."""
    run = evaluation.run
    comparison = evaluation.comparison
    return {
        "format": FORMAT,
        "version": VERSION,
        "settings": {
            **asdict(run.settings),
            "files": [{**asdict(file), "left_out": dict(file.left_out)} for file in run.settings.files],
        },
        "asked": run.asked,
        "stopped": len(run.outcomes) < run.asked,
        "rules": dict(evaluation.rules),
        "milliseconds": {"p50": round(evaluation.p50, 3), "p99": round(evaluation.p99, 3)},
        "groups": [_group(group) for group in evaluation.groups],
        "comparison": None if comparison is None else asdict(comparison),
        "measures": list(run.measures),
        "outcomes": [{**asdict(outcome), "rank": outcome.rank or None} for outcome in run.outcomes],
    }


def _group(group: Group) -> dict[str, Json]:
    measures: dict[str, Json] = {
        one.name: {"value": one.value, "low": one.low, "high": one.high} for one in group.measures
    }
    return {"language": group.language, "questions": group.questions, "measures": measures}


def check_savable(path: Path) -> None:
    """See that a run can be saved at `path`, before anything is measured.

    Raises:
        UsageError: something is there already, or the folder is not, or nobody may write there.
    """
    if os.path.lexists(path):
        raise UsageError(f"{path} exists already.", "Name another file; earlier runs are kept to be compared with.")
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise UsageError(f"There is no folder {path.parent} to write in.", "Make it, or name another file.")


def save_run(evaluation: Evaluation, path: Path) -> None:
    """Write the document of an evaluation to a new file; it has its name only when it is whole.

    Raises:
        UsageError: as `check_savable`.
    """
    check_savable(path)
    text = json.dumps(evaluation_document(evaluation), ensure_ascii=False, indent=1, allow_nan=False)
    with placed(path) as file:
        file.write(f"{text}\n".encode())


def read_run(path: Path) -> Run:
    """The run in a file that `save_run` wrote.

    Raises:
        InputError: it cannot be read, or is no such file.
    """
    value = parse_json(read_text(path), path.name)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise InputError(f"{path} is no saved evaluation.", _REMEDY)
    if value.get("version") != VERSION:
        raise InputError(f"{path} is a saved evaluation of version {str(value.get('version'))[:20]}.", _REMEDY)
    try:
        return _run(value)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise InputError(f"{path} is damaged: it is not what a saved evaluation looks like.", _REMEDY) from None


def _run(value: Mapping[str, Any]) -> Run:
    measures = tuple(map(_text, value["measures"]))
    return Run(
        settings=_settings(value["settings"]),
        measures=measures,
        outcomes=tuple(_outcome(each, len(measures)) for each in value["outcomes"]),
        asked=int(value["asked"]),
    )


def _settings(value: Mapping[str, Any]) -> EvaluationSettings:
    return EvaluationSettings(
        by=_text(value["by"]),
        limit=int(value["limit"]),
        language=_text(value["language"]),
        editions=tuple(map(_text, value["editions"])),
        files=tuple(_file(each) for each in value["files"]),
        qrels=_text(value["qrels"]),
        answers_from=_text(value["answers_from"]),
        sample=int(value["sample"]),
        seed=int(value["seed"]),
    )


def _file(value: Mapping[str, Any]) -> AskedFile:
    return AskedFile(
        name=_text(value["name"]),
        format=_text(value["format"]),
        language=_text(value["language"]),
        questions=int(value["questions"]),
        left_out=tuple((_text(reason), int(count)) for reason, count in value["left_out"].items()),
    )


def _outcome(value: Mapping[str, Any], measures: int) -> Outcome:
    return Outcome(
        id=_text(value["id"]),
        language=_text(value["language"]),
        text=_text(value["text"]),
        rule=_text(value["rule"]),
        rank=int(value["rank"] or 0),
        milliseconds=float(value["milliseconds"]),
        values=_shares(value["values"], measures),
    )


def _shares(values: Sequence[Any], count: int) -> tuple[float, ...]:
    """Measures, each from 0 to 1."""
    shares = tuple(map(float, values))
    if len(shares) != count or not all(0 <= share <= 1 for share in shares):
        raise ValueError("not the measures of one question")
    return shares


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    return value
