"""Target of the fuzzer: any text is cleaned to a body that the gate lets through as it is."""

from __future__ import annotations

from contextlib import suppress

from galactica.model.projection import outline
from galactica.refine.clean import clean, sanitise

SEEDS = (
    b"<p>a <b>b</b> c</p><ul><li>d<li>e</ul><table><tr><th>f<td>g</table>",
    b"<h2 id=x>a</h2><a href='#x'>b</a><sup class=reference><a href=#n>[1]</a></sup><ol class=references><li id=n>c</ol>",
    b"<math><semantics><mi>x</mi><annotation encoding='application/x-tex'>x</annotation></semantics></math>",
    b"<div style='display:none'>a</div><span lang=de dir=ltr>b</span><pre>\n c\n</pre><ruby>d<rt>e</ruby>",
    b"<audio controls><source src=a.ogg></audio><figure><img src=b.png alt=c><figcaption>d</figcaption></figure>",
)
PIECES = ("<i>", "</i>", "<b x=1>", "<a href=x>", "</a>", "<div>", "</div>", "<p>", "</p>", "<ul>", "<li>", "</li>", "</ul>",
          "<dl>", "<dt>", "<dd>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<caption>", "<span id=a>", "</span>",
          "<h1>", "</h1>", "<math>", "</math>", "<mi>", "<svg>", "</svg>", "<pre>", "\n", "<select>", "<option>", "<!--",
          "-->", "<script>", "<style>", "<template>", "</template>", "&", "&amp;", "&#0;", "x ", "<br>", "<img src=a.png>",
          "<sup>", "<ruby>", "<rt>", "<details>", "<form>", "<nobr>", "<button>", "<q lang=de>", '"', "=", "<x ", ">",
          "<p dir=rtl>", "<section>", "<blockquote>", "<object>", "<frameset>", "<plaintext>", "<textarea>")  # fmt: skip


def one(data: bytes) -> None:
    """Clean `data`.

    Raises:
        AssertionError: the body is none that the gate lets through.
    """
    text = data.decode("utf-8", "replace")
    sanitise(text)
    with suppress(ValueError):  # refused, in words
        body = clean(text, base="a/b", language="en").body
        assert sanitise(body) == body, "the two parsers do not agree"
        outline(body)
