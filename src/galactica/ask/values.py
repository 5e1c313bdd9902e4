"""Answers as values that can be compared: amounts with their units, dates, names; each only as exact as it is written.

Rules:
1. An amount is a range: "260" is 255 to 265, "1.7 million" 1.65 to 1.75 million, "about 300" a tenth more and less,
   "over 500" has no end. Numbers below a hundred and those that end in no zero are exact.
2. A date has what is said of it: "1990" has no month, "June 5" no year, "the 1990s" only a decade.
3. A name is its words; "J. Smith" fits "John Smith", "UN" fits "United Nations", "Paris" fits "Paris, France".
Nothing that can be written raises; what is not understood has no value.
"""

from __future__ import annotations

from galactica.ask.amounts import Amount, amounts, numbers, same_amount, unit_names
from galactica.ask.naming import items, same_name
from galactica.ask.times import Date, dates, month_names, same_date

__all__ = [
    "Amount",
    "Date",
    "amounts",
    "dates",
    "items",
    "month_names",
    "numbers",
    "same_amount",
    "same_date",
    "same_name",
    "unit_names",
]
