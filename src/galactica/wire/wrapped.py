"""What was wrapped for another protocol, and unwrapped, as JSON documents."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from galactica.wire.objects import JsonObject
from galactica.wire.terms import Count


class WrapDocument(JsonObject, frozen=True, kw_only=True):
    """Files that were written."""

    path: Annotated[str, Meta(description="The folder.")]
    files: Annotated[Count, Meta(description="In it: the announcement and each object.")]


class UnwrapDocument(JsonObject, frozen=True, kw_only=True):
    """What files held."""

    path: Annotated[str, Meta(description="The publication.")]
    objects: Annotated[Count, Meta(description="That were put there.")]
    releases: Annotated[Count, Meta(description="That were put there; nobody vouches for them by that.")]
    refused: Annotated[Count, Meta(description="Files that held nothing whole.")]
