"""Which articles, parts and subjects of statements are about the same thing? Probabilistic record linkage.

The theory is Fellegi and Sunter's (JASA 64, 1969), learned without labels by expectation and maximisation as Splink
does. Rules:

1. A pair is compared field by field; each comparison ends at one of a few levels, or is unknown, which says nothing.
2. What a level is worth, in bits, is learned from the pairs themselves (`learning`), begun at shipped values and held
   monotonic: a nearer level is never worth less than a farther one.
3. Some things forbid a join whatever speaks for it (`forbidding`). A join that forbids itself through others is
   not made (`clustering`): no chain leads from one namesake to the next.
4. Doubt joins nothing. What nearly was joined is kept too, with what it lacked.

The general half knows no encyclopedia: `comparing`, `learning`, `blocking`, `nearest`, `clustering`, `romanising`. The
other half reads an edition: `thing` and `gathering` (its articles as records), `evidence` (the comparisons),
`deciding`, `rules`, `making`, `kept` (what lies in `joined/topics`), `telling`.
"""
