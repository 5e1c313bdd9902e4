"""What an amount, a date, a unit and a name are, and how they are read from text and written into it.

One home for each fact that several capabilities need: searching, wikitext and answering read numbers, months and units
from here. Rules:

1. A value is only as exact as it is written; what is not said is no part of it; what is not understood has no value.
2. Nothing that can be written raises. A text is read to a bound that has a name.
3. What a language's numbers, months and scales are stands in its file in `languages/data`.

`amounts` and `units`; `dates`, `days` (the calendar), `months`, `date_words`; `names`; `numerals`, `number_words` and
`plurals`; `calculator`, which alone needs pint. `written` has what several of them do to a text first.
"""
