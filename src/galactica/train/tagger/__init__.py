"""Making `claims/tagging/data/tagger.safetensors`: a head on the network that reads questions,
taught by what stands both in a table, or in a sentence that a rule reads, and in other words of the text.

`making.train_tagger` is the one way in. `facts` says what is known of a thing, `asked` what questions tell, `labelling`
what a candidate is taught as; `gathering` reads articles through the network once, `learning` learns the head,
`settling` says when it is believed, `tagger_card` writes the card.
"""
