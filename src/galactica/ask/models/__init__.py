"""Language models, by choice only: an address that a person named, spoken to as OpenAI's chat completions are.

Rules:
1. Nothing is called that was not named: no address is built in, and no variable of the environment is read but the one
   that the person named for the key.
2. What is named is all that is called: one scheme, host and port; a redirect is refused, a proxy not used.
3. Time, tokens and bytes are bounded, and a model that reaches a bound has failed.
4. What a model writes is a draft. No sentence of it is shown that names a quotation it was not given, that its
   quotations do not support (`ask.check`), or in which an address stands.
5. A model that fails costs its time and nothing else: the answer without it stands, and a note says why.
"""

from __future__ import annotations

from galactica.ask.models.address import Model, model_at
from galactica.ask.models.calling import FailedError, ModelReply, call_model
from galactica.ask.models.draft import Drafted, drafted
from galactica.ask.models.prompt import INSTRUCTIONS, data_block

__all__ = [
    "INSTRUCTIONS",
    "Drafted",
    "FailedError",
    "Model",
    "ModelReply",
    "call_model",
    "data_block",
    "drafted",
    "model_at",
]
