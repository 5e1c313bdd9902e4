"""Small made-up questions, hits and files."""

from __future__ import annotations

import json
from pathlib import Path

from galactica.model import PassageHit

SQUAD = {
    "version": "v2.0",
    "data": [
        {
            "title": "Marie_Curie",
            "paragraphs": [
                {
                    "context": "Curie discovered radium in 1898.",
                    "qas": [
                        {
                            "id": "q1",
                            "question": "What did Curie discover?",
                            "answers": [{"text": "radium", "answer_start": 17}, {"text": "radium", "answer_start": 17}],
                            "is_impossible": False,
                        },
                        {"id": "q2", "question": "When did she fly?", "answers": [], "is_impossible": True},
                        {"id": "q3", "question": "What is left unsaid?", "answers": []},
                    ],
                }
            ],
        }
    ],
}
CMRC = {
    "version": "v1.0",
    "data": [
        {
            "id": "T1",
            "title": "镭",
            "paragraphs": [
                {
                    "id": "T1_0",
                    "context": "居里发现了镭。",
                    "qas": [
                        {"id": "T1_0_0", "question": "谁发现了镭?", "answers": [{"text": "居里", "answer_start": 0}]}
                    ],
                }
            ],
        }
    ],
}


def hit(text: str = "", *, title: str = "T", path: str = "t.txt", identity: int = 0, passage: int = 0) -> PassageHit:
    return PassageHit(
        edition="ab" * 32,
        id=identity.to_bytes(16, "big"),
        title=title,
        language="en",
        source="s",
        path=path,
        passage=passage,
        start=0,
        end=len(text),
        text=text,
        score=1.0,
    )


def written(path: Path, content: object) -> Path:
    """A file with this content: text as it is, bytes as they are, anything else as JSON."""
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path
