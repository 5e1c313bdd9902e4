"""A view: which documents of which editions somebody trains on, by whose choice, on what terms; no copy of them.

`view.View` opens one, `making.make_view` makes one (docs/formats/view.md).
"""
