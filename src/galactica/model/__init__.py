"""The vocabulary: frozen values that the rooms hand to each other. No input or output happens here."""

from galactica.model.answer import Answer, Citation, Position, Statement, Step, Verdict, times_in_ten
from galactica.model.article import Alias, Article, MediaItem, Passage
from galactica.model.document import Attachment, Document, Markup, MediaFile, Redirect, Rejected, Site, Source
from galactica.model.hit import Hit, PassageHit, Suggestion
from galactica.model.identity import article_id

__all__ = [
    "Alias",
    "Answer",
    "Article",
    "Attachment",
    "Citation",
    "Document",
    "Hit",
    "Markup",
    "MediaFile",
    "MediaItem",
    "Passage",
    "PassageHit",
    "Position",
    "Redirect",
    "Rejected",
    "Site",
    "Source",
    "Statement",
    "Step",
    "Suggestion",
    "Verdict",
    "article_id",
    "times_in_ten",
]
