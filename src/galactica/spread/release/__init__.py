"""What an edition travels as: the document that is signed, packs of records, and the folder they are published in."""
