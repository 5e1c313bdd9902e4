"""The vocabulary: frozen values that the packages hand to each other. No input or output happens here."""

from galactica.model.answer import (
    LEAST_TOLD,
    Answer,
    Citation,
    Position,
    Statement,
    Step,
    TakenOver,
    Verdict,
    times_in_ten,
)
from galactica.model.article import Alias, Article, MediaItem, Passage, date_of, licence_of
from galactica.model.claim import Claim, said_outright
from galactica.model.document import (
    Attachment,
    Document,
    FilesOfKind,
    Markup,
    MediaFile,
    Qualifier,
    Redirect,
    Rejected,
    Site,
    Source,
    SourceStatement,
    Work,
)
from galactica.model.hit import Hit, PassageHit, Suggestion
from galactica.model.identity import article_id

__all__ = [
    "LEAST_TOLD",
    "Alias",
    "Answer",
    "Article",
    "Attachment",
    "Citation",
    "Claim",
    "Document",
    "FilesOfKind",
    "Hit",
    "Markup",
    "MediaFile",
    "MediaItem",
    "Passage",
    "PassageHit",
    "Position",
    "Qualifier",
    "Redirect",
    "Rejected",
    "Site",
    "Source",
    "SourceStatement",
    "Statement",
    "Step",
    "Suggestion",
    "TakenOver",
    "Verdict",
    "Work",
    "article_id",
    "date_of",
    "licence_of",
    "said_outright",
    "times_in_ten",
]
