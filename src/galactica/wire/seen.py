"""How far receiving by a camera is, as a JSON document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from galactica.wire.objects import JsonObject
from galactica.wire.terms import Count

if TYPE_CHECKING:
    from galactica.library import CameraState


class CameraDocument(JsonObject, frozen=True, kw_only=True):
    """What has been seen, and how far that is."""

    stage: Annotated[
        Literal["waiting", "receiving", "assembling", "done", "failed"],
        Meta(description="Waiting for the first packet; receiving; putting the edition together; done; failed."),
    ]
    share: Annotated[float, Meta(ge=0, le=1, description="Of the edition that has come.")]
    title: Annotated[str, Meta(description="Of the edition; empty until it is known.")]
    codes: Annotated[Count, Meta(description="That were read, repeats among them.")]
    foreign: Annotated[Count, Meta(description="Codes that are of something else.")]
    packets: Annotated[Count, Meta(description="Different ones.")]
    problem: Annotated[str, Meta(description="Why it failed, or empty.")] = ""
    remedy: Annotated[str, Meta(description="What can be done, or empty.")] = ""


def camera_document(state: CameraState) -> CameraDocument:
    """How far a session is."""
    error = state.error
    return CameraDocument(
        stage=state.stage,
        share=round(state.share, 4),
        title=state.title,
        codes=state.codes,
        foreign=state.foreign,
        packets=state.packets,
        problem=error.problem if error else "",
        remedy=error.remedy if error else "",
    )
