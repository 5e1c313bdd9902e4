"""Sources in LaTeX become articles: sections, formulas as TeX, lists, tables, notes; what is not known is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.retold import Told, told

PAPER = r"""% secret
\documentclass[12pt]{article}\usepackage{amsmath}
\newcommand{\kiel}[1]{Kiel #1}
\title{Pumps \& \emph{hoses}}\author{Ada Lind\thanks{U Kiel} \and J\"org M\"uller}
\begin{document}\maketitle
\begin{abstract}Short.\end{abstract}
\section{Pump}\label{sec:p} Runs at $10^{3}$ Pa, 5\,\% more---see Table~\ref{tab:x} \cite{lind}.\footnote{By hand.}

\textbf{Bold \textit{both}} and ``quoted'' \unknown{text} 100\% of \$5. \sout{90} 80
\begin{equation}E = mc^2 \label{eq:e}\end{equation}
\begin{description}\item[Beam] 12 m\end{description}
\begin{table}\caption{Tides}\begin{tabular}{l|r}\hline Port & m \\ \hline Kiel\footnote{Low.} & $-1.5$ \\
\multicolumn{2}{c}{end}\\ \end{tabular}\end{table}
\begin{verbatim}
x = 1 % kept
\end{verbatim}
\begin{tikzpicture}\draw (0,0);\end{tikzpicture}
\href{https://x.example}{there} \verb|a_b| \input{other}
\end{document}
never
"""


def read(folder: Path, body: str) -> Told:
    return told(folder, "a.tex", f"\\documentclass{{article}}\n\\begin{{document}}\n{body}\n\\end{{document}}\n")


def test_a_paper_is_told(tmp_path: Path) -> None:
    found = told(tmp_path, "paper.tex", PAPER)
    assert (found.document.title, found.document.creators) == ("Pumps & hoses", ("Ada Lind", "Jörg Müller"))
    assert found.text.split("\n") == [
        "Short.",
        "Pump",
        "Runs at 10^{3} Pa, 5 % more—see Table\u00a0[tab:x] [lind].",
        "Bold both and “quoted” text 100% of $5. 80",
        "E = mc^2",
        "Beam",
        "12 m",
        "Tides",
        "Port\tm",
        "Kiel\t-1.5",
        "end",
        "x = 1 % kept",
        "there a_b",
        "By hand.",
        "Low.",
    ]
    assert '<td colspan="2">end</td>' in found.body
    assert '<sup role="doc-noteref"><a href="#note-2">2</a></sup>' in found.body
    assert found.dropped == {
        "latex:command": 1,
        "latex:file": 1,
        "latex:picture": 1,
        "latex:reference": 1,
        "struck": 1,
    }


def test_letters_lists_and_formulas_of_all_forms(tmp_path: Path) -> None:
    body = r"G\"o{\ss}e \v{S} \'{e} \o "
    body += r"\begin{enumerate}\item one\item two\end{enumerate} \(a\) \[b\] $$c$$ \begin{align}d&e\end{align}"
    found = read(tmp_path, body)
    assert found.text.startswith("Göße Š é ø\none\ntwo\na\nb\nc\n")
    assert "<ol><li>one</li><li>two</li></ol>" in found.body
    assert "\\begin{align*}d&amp;e\\end{align*}" in found.body


@pytest.mark.parametrize(
    "piece", ["\\textbf{", "$", "\\begin{itemize}\\item ", "\\begin{tabular}{l}", "{", "\\[", "\\a[", "\\end{x}", "\\"]
)
def test_what_never_ends_takes_no_long_time_and_loses_no_text(tmp_path: Path, piece: str) -> None:
    assert read(tmp_path, "text " + piece * 2_000).text.startswith("text")
