"""RO-Crate metadata (https://w3id.org/ro/crate/1.2) of a volume: what archives' own programs read of a folder."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from galactica.edition import Edition
from galactica.preserve.described import ProtectedSet

CRATE = "ro-crate-metadata.json"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TYPES = {
    ".parquet": "application/vnd.apache.parquet",
    ".json": "application/json",
    ".txt": "text/plain",
    ".py": "text/x-python",
    ".gz": "application/gzip",
}
_SPDX = re.compile(r"[A-Za-z0-9.+-]{2,64}")


def crate_text(edition: Edition, made: ProtectedSet, files: Mapping[str, int], *, about: str, day: str) -> str:
    """The file's text.

    Args:
        files: path → bytes of what lies in the folder.
        about: what the folder is, in a sentence.
        day: ISO 8601, where no source has a date.
    """
    dates = [source.date for source in edition.sources if _DAY.fullmatch(source.date)]
    licences = [_licence(each) for each in edition.statement.licences] or [_licence("")]
    root: dict[str, object] = {
        "@id": "./",
        "@type": "Dataset",
        "name": made.title or "An encyclopedia",
        "description": about,
        "datePublished": max(dates, default=day or "1970-01-01"),
        "license": _references(licences),
        "identifier": f"galactica:{made.root}",
        "hasPart": [{"@id": path} for path in sorted(files)],
    }
    languages = [tag for tag, _ in edition.statement.languages]
    if languages:
        root["inLanguage"] = languages[0] if len(languages) == 1 else languages
    graph: list[Mapping[str, object]] = [
        {
            "@id": CRATE,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
        },
        root,
        *licences,
        *(_file(path, size) for path, size in sorted(files.items())),
    ]
    document = {"@context": "https://w3id.org/ro/crate/1.2/context", "@graph": graph}
    return json.dumps(document, indent=1, sort_keys=True) + "\n"


def _references(entities: Sequence[Mapping[str, object]]) -> object:
    found = [{"@id": each["@id"]} for each in entities]
    return found[0] if len(found) == 1 else found


def _licence(name: str) -> Mapping[str, object]:
    if name and _SPDX.fullmatch(name) and any(sign in name for sign in "-0123456789"):
        identity = f"https://spdx.org/licenses/{name}"
    else:
        identity = "#licence-" + "-".join(re.findall(r"[A-Za-z0-9]+", name or "not stated")).lower()
    return {
        "@id": identity,
        "@type": "CreativeWork",
        "name": name or "Not stated",
        "description": f"Licence of parts of this edition: {name or 'its sources do not say'}.",
    }


def _file(path: str, size: int) -> Mapping[str, object]:
    ending = path[path.rfind(".") :] if "." in path else ""
    made: dict[str, object] = {"@id": path, "@type": "File", "contentSize": str(size), "name": path}
    made["encodingFormat"] = _TYPES.get(ending, "application/octet-stream")
    return made
