"""Here is an edition: how is it put on paper or film, for a day when no program is left?"""
