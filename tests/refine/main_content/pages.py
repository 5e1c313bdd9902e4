"""Pages of a made-up paper, as sites write them: an article with all that stands around it."""

from __future__ import annotations

SENTENCES = (
    "The bridge over the Ostrel was closed on Monday morning, after an engineer had found cracks in two of its piers.",
    "Nobody was hurt, said the mayor, but the road to the harbour will stay closed until the end of the year at least.",
    "Ferries that used to carry cattle now carry schoolchildren, and the post comes by a longer way across the hills.",
    "In 1931 a flood had taken the older bridge, which was of wood, and with it the mill that stood beside it.",
    "What a new one would cost is not known; the council wants to ask the province, which has paid for bridges before.",
)
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)

MENU = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in "home news sport weather business".split())
RELATED = "".join(
    f'<li class="teaser"><a href="/{n}"><h3>Headline of another article, number {n}</h3></a></li>' for n in range(8)
)
COMMENTS = "".join(
    f'<div class="comment"><span class="author">Reader {n}</span><p>I always said that this would happen.</p></div>'
    for n in range(4)
)


def page(content: str = PARAGRAPHS, *, head: str = "", title: str = "A bridge is closed", after: str = "") -> str:
    """A page with `content` as its article, and `after` behind it in the same column."""
    return f"""<!doctype html><html lang="en"><head><title>{title} | The Ostrel Gazette</title>{head}</head><body>
<div class="site-header"><div class="logo"><a href="/">The Ostrel Gazette</a></div><ul class="menu">{MENU}</ul></div>
<div class="cookie-bar"><p>We use cookies to give you the best experience. <a href="/privacy">Learn more</a></p></div>
<div class="content-wrapper"><div class="article"><h1>{title}</h1>
<div class="byline">By <a href="/ada">Ada Byron</a>, 5 December 2019</div>
<div class="share-tools"><a href="/t">Tweet</a> <a href="/f">Share</a></div>
<div class="article-body">{content}</div>{after}</div>
<div class="sidebar"><h4>Most read</h4><ul class="related">{RELATED}</ul></div></div>
<div class="site-footer"><ul class="links">{MENU}</ul><p>© 2019 The Ostrel Gazette. All rights reserved.</p></div>
</body></html>"""
