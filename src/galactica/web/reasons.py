"""Why something of a source was left out: its reason (`model.Rejected`) → key of the words that say it."""

from __future__ import annotations

REASONS = {
    "unsupported": "left_unsupported",
    "not-linked": "left_not_linked",
    "encrypted": "left_encrypted",
    "hidden": "left_hidden",
    "not-here": "left_not_here",
    "gone": "left_gone",
    "no-file": "left_no_file",
    "empty": "left_empty",
    "too-large": "left_too_large",
    "too-deep": "left_too_deep",
    "too-many": "left_too_many",
    "too-slow": "left_too_slow",
    "truncated": "left_truncated",
    "checksum": "left_checksum",
    "unreadable": "left_unreadable",
    "bad-path": "left_bad_path",
    "bad-encoding": "left_bad_encoding",
    "bad-row": "left_bad_row",
    "bad-header": "left_bad_header",
    "broken-link": "left_broken_link",
    "outside": "left_outside",
    "broken-redirect": "left_broken_redirect",
    "duplicate": "left_duplicate",
    "malformed": "left_malformed",
    "unsafe-picture": "left_unsafe_picture",
    "not-an-article": "left_not_an_article",
    "unsupported-model": "left_unsupported_model",
    "other": "left_other",
}
