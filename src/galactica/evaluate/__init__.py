"""How good is what was found? Questions with known answers, judgements of what was found for them, and measures.

Nothing here searches: what is measured is handed in as a function from a question to passages (`asking.Find`).
"""
