"""A question is told what it is once: how often it returns to a module that it had been in may only go down."""

from __future__ import annotations

from pathlib import Path

from tools import house
from tools.walk import Value, walk

RETURNS = 39
"""Of a question, from where it is answered, to modules of `ask` that it had been in; one more since names in other
scripts, ranking and the reader's judgement are on the way."""

IT = Value(types=frozenset(("Letter",)), beside=frozenset(("stamp",)))


def post(folder: Path, files: dict[str, str]) -> list[str]:
    """The modules that a letter comes into, from `office:take` on."""
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return [stay.removeprefix("post.") for stay in walk(folder, "post", "post.office:take", IT).stays]


def test_a_question_returns_no_more_often_than_it_did() -> None:
    found = house.question_walk()
    assert found.returns <= RETURNS, " → ".join(found.stays)


def test_a_letter_that_is_handed_on_comes_in_and_one_that_is_told_of_again_returns(tmp_path: Path) -> None:
    files = {
        "office": "from post.sorting import sort, weigh\n"
        "def take(letter: Letter):\n    sort(letter)\n    shelf(letter.text)\n    weigh(letter)\n"
        "def shelf(text): ...\n",
        "sorting": "from post.reading import read\n"
        "def sort(letter): read(letter.address)\n"
        "def weigh(letter): read(text=letter.text)\n",
        "reading": "def read(text): ...\n",
    }
    stays = post(tmp_path, files)
    assert stays == ["office", "sorting", "reading", "office", "sorting", "reading"]
    assert walk(tmp_path, "post", "post.office:take", IT).returns == 3


def test_what_comes_of_a_call_and_what_is_beside_it_is_not_followed(tmp_path: Path) -> None:
    files = {
        "office": "from post.sorting import sort\n"
        "def take(letter: Letter):\n    sort(letter.stamp)\n    sort(len(letter))\n    sort('other')\n",
        "sorting": "def sort(any): ...\n",
    }
    assert post(tmp_path, files) == ["office"]


def test_it_is_followed_by_its_other_names_and_through_loops(tmp_path: Path) -> None:
    files = {
        "office": "from post.sorting import sort\nfrom post.reading import read\n"
        "def take(letters: Sequence[Letter]):\n"
        "    one, two = letters[0].text, 2\n    read(two)\n    read(one)\n"
        "    [sort(other) for each, other in zip(letters, [])]\n    [sort(each) for each, _ in zip(letters, [])]\n",
        "sorting": "from post.reading import read\ndef sort(letter): read(letter)\n",
        "reading": "def read(text): ...\n",
    }
    assert post(tmp_path, files) == ["office", "reading", "sorting", "reading"]


def test_a_property_is_told_once_and_kept(tmp_path: Path) -> None:
    files = {
        "office": "from post.reading import read\n"
        "def take(letter: Letter):\n    letter.address\n    letter.address\n    letter.text\n"
        "class Letter:\n    @property\n    def address(self): return read(self.text)\n",
        "reading": "def read(text): ...\n",
    }
    assert post(tmp_path, files) == ["office", "reading"]


def test_functions_that_call_each_other_come_to_an_end(tmp_path: Path) -> None:
    files = {
        "office": "from post.sorting import sort\ndef take(letter: Letter): sort(letter)\n",
        "sorting": "from post.office import take\ndef sort(letter): take(letter)\n",
    }
    assert post(tmp_path, files) == ["office", "sorting", "office"]
