"""Which texts are the same, which articles are about the same thing, and where do their claims differ?"""
