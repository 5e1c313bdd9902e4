"""Open editions as one library: searched, read and asked together. `opening.open_library` is where it begins."""
