"""Serving over HTTP on this machine: an address that is listened at, and the server that answers there."""
