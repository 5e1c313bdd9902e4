"""The page of a question shows the answer, what proves it, and how it was found; article text stays text."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from galactica.web import create_app
from galactica.web.quoting import AROUND, after, before
from tests.web.shelf import FakeEdition, FakeLibrary, article
from tests.web.visitor import Visitor

LONG = "A river runs here. " * 40 + "The bridge was built in 1907 by Ada. " + "Nobody saw it. " * 40


def page_of(room, question: str) -> str:
    answer = room.get("/ask", params={"q": question})
    assert answer.status_code == 200
    assert answer.text.rstrip().endswith("</html>")
    return answer.text


def test_an_answer_stands_large_with_its_quotation_source_date_and_licence(room):
    page = page_of(room, "What is beyond Neptune?")
    assert "The library answers" in page
    assert '<p class="gx-answer" dir="auto">Neptune</p>' in page
    assert "beyond <mark>Neptune</mark>." in page
    assert "A wiki of tests" in page
    assert "<time>2024-04-30</time>" in page
    assert "CC BY-SA 4.0" in page


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_link_from_another_site_only_offers_its_question(room, library, site):
    page = room.get("/ask?q=What+is+beyond+Neptune%3F&group=1", headers={"sec-fetch-site": site})
    assert page.status_code == 200
    assert "Nothing has been asked yet" in page.text
    assert 'value="What is beyond Neptune?"' in page.text
    assert "<button>Ask</button>" in page.text
    assert library.asked == []


def test_the_title_leads_to_the_very_place_where_the_words_are_marked(room):
    page = page_of(room, "What is beyond Neptune?")
    place = html.unescape(re.search(r'<figcaption><a href="([^"]+)"', page)[1])
    address, _, anchor = place.partition("#")
    shown = room.get(address).text
    assert anchor == "gx-mark"
    assert '<mark class="gx-said" id="gx-mark">A belt of ice and comets beyond</mark>' in shown
    assert '<mark class="gx-answers">Neptune</mark>' in shown


def test_a_quotation_stands_in_its_place_with_some_of_the_text_around_it():
    library = FakeLibrary((FakeEdition([article("bridge", "Bridge", f"<h2>x</h2><p>{LONG}</p>")]),))
    library.cite = lambda *args, **more: tuple(cut(each) for each in FakeLibrary.cite(library, *args, **more))
    page = page_of(Visitor(create_app(library)), "Who is Ada")
    around = re.findall(r'<span class="gx-around">([^<]*)</span>', page)
    assert around[0].startswith("…")
    assert around[0].endswith("runs here. ")
    assert around[1].startswith(" Nobody saw it.")
    assert around[1].endswith("…")
    assert all(len(text) <= AROUND + 1 for text in around)


def cut(citation):
    """The sentence alone, where the made-up library quotes a whole paragraph."""
    sentence = "The bridge was built in 1907 by Ada."
    at = citation.quote.index(sentence)
    start, mark = citation.start + at, sentence.index("Ada")
    return replace(citation, start=start, end=start + len(sentence), quote=sentence, mark=(mark, mark + 3))


def test_a_quotation_that_the_article_does_not_hold_is_shown_without_a_place(library):
    library.cite = lambda *args, **more: tuple(
        replace(each, start=each.start + 1, end=each.end + 1) for each in FakeLibrary.cite(library, *args, **more)
    )
    page = page_of(Visitor(create_app(library)), "What is beyond Neptune")
    assert set(re.findall(r'<span class="gx-around">([^<]*)</span>', page)) == {""}


def test_sides_of_a_dispute_stand_beside_each_other_each_with_its_source(room):
    page = page_of(room, "Is it disputed ice")
    assert "The sources disagree" in page
    assert page.count('<section class="gx-side">') >= 2
    assert "&lt;ice&gt; 0</h3>" in page
    assert "&lt;b&gt;Bad&lt;/b&gt; &amp; source" in page


def test_what_is_claimed_besides_is_not_said_to_speak_against_the_answer(room):
    assert "Other sources say something else" in page_of(room, "Where besides is ice?")
    page = page_of(room, "Where besides is claimed ice?")
    assert "Said besides" in page
    assert "Other sources say something else" not in page


def test_what_came_nearest_is_said_to_be_no_answer(room):
    page = page_of(room, "Where is a zebra?")
    assert "No likely answer" in page
    assert "They may hold the answer" in page
    assert page.index("What came nearest") > page.index("No likely answer")
    assert 'class="gx-answer"' not in page
    assert "times in 10" not in page


def test_what_may_well_be_right_is_told_with_its_chance_and_still_called_no_answer(room):
    page = page_of(room, "Where perhaps is a zebra?")
    assert "No likely answer" in page
    assert "is right about 4 times in 10." in page
    assert 'class="gx-answer"' not in page


def test_a_probable_answer_is_called_that_with_its_chance_in_words_and_its_quotation(room):
    page = page_of(room, "Where perhaps is ice?")
    verdict = page.partition('gx-verdict gx-is-probably"')[2]
    assert re.search(r'<h2 class="gx-label">Probably</h2>\s*<p class="gx-answer" dir="auto">ice</p>', verdict)
    assert "About 8 in 10 such answers are right." in verdict
    assert verdict.count('<figure class="gx-proof">') >= 1
    assert "What came nearest" not in page
    sure = page_of(room, "Where is ice?")
    assert "such answers are right" not in sure


def test_a_probable_answer_is_called_that_in_chinese(room):
    page = room.get("/ask?q=Where+perhaps+is+ice", headers={"Accept-Language": "zh-CN"}).text
    assert "很可能是" in page
    assert "十个里约有8个是对的" in page


def test_the_work_can_be_read_with_every_finding(room):
    page = page_of(room, "Where is ice?")
    work = page.partition('<details class="gx-work">')[2]
    assert "2 steps" in work
    assert "Looked for &lt;i&gt;ice&lt;/i&gt;." in work
    assert "<b>Search</b>" in work
    assert "<b>Links</b>" in work
    assert work.count("<mark>ice</mark>") == 3
    assert "0.50 s" in work


def test_steps_are_sent_before_the_answer_is_known(room):
    page = page_of(room, "Where is ice?")
    assert page.index("gx-live") < page.index("Followed links.") < page.index("gx-verdict")


def test_notes_questions_and_titles_are_escaped(room):
    page = page_of(room, "<script>alert(1)</script> \"'> harmless")
    assert "<script>alert" not in page
    assert "<b>noted</b>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f", "\x1b[31m", "\x07", "\ud800"])
def test_signs_that_turn_or_hide_text_stay_inside_what_they_came_with(sign):
    body = f"<p>The answer {sign}evil is ice</p>"
    library = FakeLibrary((FakeEdition([article("evil", f"Evil{sign}", body)]),))
    page = page_of(Visitor(create_app(library)), "Where is ice")
    assert re.search(r'<span class="gx-said">[^<]*<mark>ice</mark></span>', page)
    assert re.search(r'<a href="[^"]+" lang="en" dir="auto">Evil', page)


def test_the_page_asks_of_what_it_is_told_to(room, library):
    room.get("/ask?q=ice&lang=en&source=testwiki&group=1")
    assert library.asked == [("ice", "en", ("testwiki",), True, False)]
    page = room.get("/ask?q=ice&lang=en&source=testwiki&group=1").text
    assert '<option value="en" selected>' in page
    assert 'name="group" value="1" aria-describedby="gx-group" checked' in page
    assert 'name="fast"' not in page


def test_who_asks_in_haste_asks_again_in_haste(room, library):
    page = room.get("/ask?q=ice&fast=1").text
    assert library.asked == [("ice", "", (), False, True)]
    assert '<input type="hidden" name="fast" value="1">' in page


def test_no_question_leads_home_and_one_too_long_is_refused(room):
    assert room.get("/ask?q=+").headers["location"] == "/"
    assert room.get("/ask?q=" + "a" * 2001).status_code == 400
    assert room.get("/ask?q=ice&group=7").status_code == 400


def test_the_page_of_a_question_is_guarded_and_not_kept(room, library):
    headers = room.get("/ask?q=ice").headers
    assert headers["content-security-policy"] == room.get("/").headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    before_ = len(library.asked)
    assert room.head("/ask?q=ice").content == b""
    assert len(library.asked) == before_


def test_the_page_speaks_chinese_to_those_who_read_it(room):
    page = room.get("/ask?q=ice", headers={"accept-language": "zh"}).text
    for words in ("馆藏的回答", "查看过程", "研究小组"):
        assert words in page


def test_every_search_box_can_ask(room):
    for place in ("/", "/search?q=ice", "/ask?q=ice"):
        assert 'formaction="/ask"' in room.get(place).text
    assert room.get("/ask?q=ice").text.index('formaction="/ask"') < room.get("/ask?q=ice").text.index(
        'formaction="/search"'
    )


def test_results_offer_to_ask_what_looks_like_a_question(room):
    assert 'href="/ask?q=what+is+ice%3F&amp;lang=en"' in room.get("/search?q=what+is+ice?&lang=en").text
    assert "gx-offer" not in room.get("/search?q=ice").text


def test_a_span_in_an_address_marks_nothing_where_it_is_wrong(room, library):
    place = f"/a/{library.editions[0].root[:12]}/testwiki/A/Comet"
    for span in ("x", "5-2", "0-999999", "-1-4", "%3Cscript%3E", "9" * 400):
        answer = room.get(f"{place}?span={span}&answer={span}")
        assert answer.status_code == 200
        assert "<mark" not in answer.text


def test_marks_change_the_version_of_a_page(room, library):
    place = f"/a/{library.editions[0].root[:12]}/testwiki/A/Comet"
    assert room.get(place).headers["etag"] != room.get(f"{place}?span=0-5").headers["etag"]


def test_marks_of_the_room_cannot_be_posed_by_an_article():
    body = '<p id="gx-mark">posing</p><p><mark class="gx-said">not quoted</mark> real words</p>'
    library = FakeLibrary((FakeEdition([article("evil", "Evil", body)]),))
    page = Visitor(create_app(library)).get(f"/a/{library.editions[0].root[:12]}/testwiki/evil?span=0-6").text
    assert page.count('id="gx-mark"') == 1
    assert '<mark class="gx-said" id="gx-mark">posing</mark>' in page


@pytest.mark.parametrize(("text", "at"), [("", 0), ("one", 0), ("one\ntwo", 4), ("x" * 900, 500), ("字" * 900, 400)])
def test_what_stands_around_is_never_more_than_its_bound(text, at):
    for piece in (before(text, at), after(text, at)):
        assert len(piece) <= AROUND + 1
        assert "\n" not in piece
