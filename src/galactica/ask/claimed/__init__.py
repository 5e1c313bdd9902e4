"""Answers out of claims: what an edition's sources say of a thing, compared and anchored (docs/formats/joined.md).

`told` answers what a thing's property is; `reckoned` which thing has the most of it, how many there are, which has a
value. Both are asked with the words of the one table of properties, and every value is quoted.
"""
