"""One sheet: bytes to black and white cells, and back from a picture of them. Knows nothing of editions.

`layout` says where which cell stands, `header` what a sheet says of itself, `drawing` makes the picture, `reading`
takes one apart. What lies on a sheet: docs/formats/page.md.
"""
