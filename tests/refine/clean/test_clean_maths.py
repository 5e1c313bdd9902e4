"""Formulas stay formulas."""

import pytest

from galactica.refine.clean import clean

MATHML = (
    '<math alttext="x^2" display="block"><semantics><mrow><msup><mi>x</mi><mn>2</mn></msup><mo>&lt;</mo></mrow>'
    '<annotation encoding="application/x-tex">x^2</annotation></semantics></math>'
)


def test_mathml_comes_through():
    assert clean(f"<p>{MATHML}</p>", base="x").body == f"<p>{MATHML}</p>"


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<math><mi>x</mi> <mo> + </mo>\n</math>", "<p><math><mi>x</mi><mo>+</mo></math></p>"),
        ("<math><mi onclick=x style=y class=z>x</mi></math>", "<p><math><mi>x</mi></math></p>"),
        ("<math><mrow>x</mrow></math>", "<p><math><mrow><mtext>x</mtext></mrow></math></p>"),
        ("<math><maction><mi>x</mi></maction></math>", "<p><math><mi>x</mi></math></p>"),
        ("<math><mtext>a <b>b</b> c</mtext></math>", "<p><math><mtext>a b c</mtext></math></p>"),
        ('<math><mi>x</mi><annotation encoding="text/plain">y</annotation></math>', "<p><math><mi>x</mi></math></p>"),
        (
            '<math><mi>x</mi><annotation-xml encoding="text/html"><p>y</p></annotation-xml></math>',
            "<p><math><mi>x</mi></math></p>",
        ),
        ("<p>a<math></math>b</p>", "<p>ab</p>"),
        (
            '<math alttext="{\\displaystyle a&lt;b}"><mi>a</mi></math>',
            '<p><math alttext="a&lt;b"><mi>a</mi></math></p>',
        ),
        (
            '<img class="tex" alt="\\frac{1}{2}" src="a.png">',
            '<p><math alttext="\\frac{1}{2}"><mtext>\\frac{1}{2}</mtext></math></p>',
        ),
        ('<p>a<img class="tex" alt="" src="a.png"></p>', "<p>a</p>"),
    ],
)
def test_a_formula_becomes(html, wanted):
    assert clean(html, base="x").body == wanted
