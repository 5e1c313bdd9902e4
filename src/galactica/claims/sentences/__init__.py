"""Claims that sentences make, found by rules: a language's rules are data in `rules/`, each with its examples.

`reading.sentence_claims` is the one way in. `lexicon` holds what a language's file says, `slots` what stands for a date
or an amount in a pattern, `values_read` what such a stretch says, `topics` what the article is about and whether a
sentence is about that, `limits` what makes a claim no plain one.
"""
