"""Cauchy Reed-Solomon over GF(256) for disks: any m of k + m shards may be lost; XOR of packets alone.

`matrix` says which code it is (docs/formats/volume.md is normative), `schedule` turns a matrix into a short list of
XORs, `mixing` runs it over blocks, `errors` finds bytes that are wrong where nobody knows which.
"""
