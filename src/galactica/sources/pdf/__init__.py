"""PDF files: pages of marks at places, of which text in reading order is made, each page an anchor.

`source` reads a file through a child process (`child`) in which PDFium (`native`) tells what stands where on a page;
`glyphs`, `words`, `columns` and `lines` make lines in reading order of it there, `rulings` and `tags` tables. Outside,
`running` finds headers and footers, `headings` and `paragraphs` make blocks, `parts` documents.
"""
