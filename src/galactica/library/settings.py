"""What a person has chosen once and for all: a small JSON file in the folder where the platform keeps settings.

It holds what was chosen and nothing else; what it does not hold is as the program has it. Names that this version does
not know are kept.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from galactica.ask.models import Model, model_at
from galactica.codes.files import whole
from galactica.edition.info import read_bounded
from galactica.encode import settled
from galactica.errors import UsageError
from galactica.placing import check_home

FILE = "settings.json"
MOST = 1 << 16
"""Bytes of the file: paths are at most 4 kB each."""


class Settings:
    """The settings in `folder`; the file is made when something is chosen."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    @classmethod
    def default(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """The person's own: in the folder GALACTICA_CONFIG, else in the platform's for settings."""
        named = (os.environ if environment is None else environment).get("GALACTICA_CONFIG")
        return cls(Path(named) if named else Path(platformdirs.user_config_dir("galactica", appauthor=False)))

    @property
    def encoder(self) -> str:
        """What new indexes of meaning are made with; "" where nothing was chosen.

        Raises:
            UsageError: the file cannot be read.
        """
        name = self._read().get("encoder", "")
        if not isinstance(name, str):
            raise self._broken("the encoder is no text")
        return name

    def use_encoder(self, name: str) -> str:
        """Make new indexes of meaning with the encoder of that name; returns the name that was kept.

        Args:
            name: "static", "minilm" or the path of a trained file.

        Raises:
            UsageError: there is no encoder of that name, or the settings cannot be read.
            MissingError: it, or the extra that runs it, is not installed.
            EditionError: its file is damaged.
        """
        kept = settled(name)
        self._write({**self._read(), "encoder": kept})
        return kept

    @property
    def model(self) -> Model | None:
        """The language model that the study group may call; None where none was chosen.

        Raises:
            UsageError: the file cannot be read, or what it says of a model is none.
        """
        kept = self._read().get("model")
        if kept is None:
            return None
        if not isinstance(kept, dict):
            raise self._broken("the model is no object")
        texts = [kept.get(name, "") for name in ("url", "name", "key_from")]
        numbers = [kept.get(name) for name in ("seconds", "tokens")]
        if not all(isinstance(each, str) for each in texts) or not all(
            each is None or (isinstance(each, int | float) and not isinstance(each, bool)) for each in numbers
        ):
            raise self._broken("the model is not described as it should be")
        url, name, key_from = (str(each) for each in texts)
        seconds, tokens = numbers
        try:
            return model_at(
                url,
                name,
                key_from=key_from,
                seconds=None if seconds is None else float(seconds),
                tokens=None if tokens is None else int(tokens),
            )
        except (UsageError, OverflowError, ValueError) as error:
            raise self._broken(f"the model: {error}") from error

    def use_model(self, model: Model | None) -> None:
        """Let the study group call this model from now on; None: no model. Its key is never kept, only its variable.

        Raises:
            UsageError: the settings cannot be read.
        """
        values = {name: value for name, value in self._read().items() if name != "model"}
        if model is not None:
            kept = {"url": model.url, "name": model.name, "seconds": model.seconds, "tokens": model.tokens}
            values["model"] = {**kept, **({"key_from": model.key_from} if model.key_from else {})}
        self._write(values)

    def _write(self, values: dict[str, object]) -> None:
        check_home(self.path, "GALACTICA_CONFIG")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        place = self.path.resolve()  # where it is a link (some keep their settings so), what it leads to is replaced
        if place.exists() and not place.is_file():
            raise self._broken("it is no file")
        with whole(place) as part, part.open("x", encoding="utf-8") as file:
            file.write(json.dumps(values, indent=1, ensure_ascii=True) + "\n")

    def _read(self) -> dict[str, object]:
        try:
            values = json.loads(read_bounded(self.path, MOST))
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except (OSError, ValueError, RecursionError) as error:
            raise self._broken(str(error)) from error
        if not isinstance(values, dict):
            raise self._broken("it is no JSON object")
        return values

    def _broken(self, why: str) -> UsageError:
        return UsageError(f"The settings in {self.path} cannot be read ({why}).", "Mend the file, or remove it.")
