"""Target of the fuzzer: any bytes as a source in LaTeX."""

from __future__ import annotations

from fuzz import reading
from galactica.sources import latex

SEEDS = (
    b"\\documentclass{article}\\title{a}\\author{b \\and c}\\begin{document}\\maketitle\\section{d}\\label{e} f $x^2$ "
    b"\\begin{tabular}{l|r}\\multicolumn{2}{c}{g}\\\\ h & i\\end{tabular}\\footnote{j}\\cite{k}\\end{document}",
    b"\\newcommand{\\a}[1]{b #1}\\begin{itemize}\\item c\\begin{verbatim}\nd & e % f\n\\end{verbatim}\\end{itemize}",
)
PIECES = (
    "{", "}", "[", "]", "$", "$$", "\\\\", "\\", "%", "\n", "\n\n", "&", "~", "``", "--", "#1", "x", "\\begin{a}", "\\end{a}",
    "\\begin{tabular}{l}", "\\end{tabular}", "\\begin{itemize}", "\\item ", "\\begin{verbatim}", "\\section{", "\\footnote{",
    "\\newcommand{\\a}{", "\\def\\a", "\\verb|", "\\(", "\\[", "\\frac{", "\\'e", '\\"', "\\cite{", "\\multicolumn{9}{c}{", "\\if",
    "\\textbf{", "\\begin{document}", "\\begin{tikzpicture}",
)  # fmt: skip

READINGS = 2


def one(data: bytes) -> None:
    """Read `data` as a document, and behind the beginning of one."""
    reading.read(latex.LEAF, data, "t.tex")
    reading.read(latex.LEAF, b"\\documentclass{a}\\begin{document}" + data, "t.tex")
