"""What is known of languages, by language: one file each in `data/`, and a few functions that read them.

* `tag` understands a language however it is written, `primary` is its language alone, `within` compares two.
* `guess` tells the language of a question or a short text, or that it is not known.
* `plural_category` says which form of a word goes with a number, `cldr_number` writes one.
* `known_languages`, `facts` and `by_language` read the files: `data/README.md` says what stands in them.

What belongs to one capability stays with it: what properties are called (`ask`), what templates print (`refine`).
"""

from galactica.languages.counting import PLURALS, cldr_number, plural_categories, plural_category
from galactica.languages.guessing import NOTHING, UNKNOWN, guess, script_of, scripts_in, shared_script, small_words
from galactica.languages.names import name_among, name_of, right_to_left, separates_words
from galactica.languages.tables import by_language, facts, known_languages
from galactica.languages.tags import iso_639_3, primary, ranges, tag, tag_of_list, within

__all__ = [
    "NOTHING",
    "PLURALS",
    "UNKNOWN",
    "by_language",
    "cldr_number",
    "facts",
    "guess",
    "iso_639_3",
    "known_languages",
    "name_among",
    "name_of",
    "plural_categories",
    "plural_category",
    "primary",
    "ranges",
    "right_to_left",
    "script_of",
    "scripts_in",
    "separates_words",
    "shared_script",
    "small_words",
    "tag",
    "tag_of_list",
    "within",
]
