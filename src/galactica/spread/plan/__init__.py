"""When will it have arrived? Completion curves of what is sent over a link, and the redundancy that serves it best."""

from galactica.spread.plan.best import Aim, best_redundancy
from galactica.spread.plan.completion import Completion, CurvePoint
from galactica.spread.plan.load import Load
from galactica.spread.plan.planning import LinkPlan, plan
from galactica.spread.plan.profile import (
    CONJUNCTION,
    PROFILES,
    LinkProfile,
    Stretch,
    Windows,
    loss_of_bits,
    profile_named,
)

__all__ = [
    "CONJUNCTION",
    "PROFILES",
    "Aim",
    "Completion",
    "CurvePoint",
    "LinkPlan",
    "LinkProfile",
    "Load",
    "Stretch",
    "Windows",
    "best_redundancy",
    "loss_of_bits",
    "plan",
    "profile_named",
]
