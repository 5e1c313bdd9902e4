"""Claims that no rule foresaw the wording of: a small head on the network that reads questions, which tells of every
date, amount and name of a paragraph whether it is a value of one of our properties of what the article is about.

`reading.Tagger` is the one way in. `candidates` finds what may be a value, `windows` lays a paragraph out for the
network, `features` says what is known of a candidate, `head` weighs that.
"""
