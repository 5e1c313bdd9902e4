"""Is it so? A question for yes or no is a statement to be judged.

What is said of which thing is read from the question (`being`, `deeds`, `unspaced`), and looked for in sentences of the
articles that it names (`by_sentence`): is it said there, is it denied, or is it told as less than a fact (`silent`)?
Of whom a sentence speaks tells `about`. Where no sentence tells, another question may (`by_question`).
"""
