"""The computations that the primer shows step by step: done here, never typed.

Each gives what stands in a worked example, line by line; what the program itself uses for the same (zlib, hashlib,
cbor2, the field's tables) is asked too, and a difference is an error before anything is printed.
"""
