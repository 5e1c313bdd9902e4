"""Formulas stay formulas."""

import pytest

from galactica.model.projection import project
from galactica.refine.clean import clean
from galactica.refine.clean.sanitise import sanitise

MATHML = (
    '<math alttext="x^2" display="block"><semantics><mrow><mi>x</mi><mo>&lt;</mo></mrow>'
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


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<mn>6</mn><mo>×</mo><msup><mn>10</mn><mn>23</mn></msup>", "6×10^23"),
        ("<msup><mn>10</mn><mrow><mo>−</mo><mn>3</mn></mrow></msup>", "10^−3"),
        ("<mn>1</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>", "1\xa01/2"),
        ("<mi>v</mi><mo>=</mo><mfrac><mi>s</mi><mi>t</mi></mfrac>", "v=s/t"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mrow><mn>2</mn><mi>c</mi></mrow></mfrac>", "(a+b)/2c"),
        ("<msup><mfrac><mn>1</mn><mn>2</mn></mfrac><mn>2</mn></msup>", "(1/2)^2"),
        ("<msup><mi>e</mi><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></msup>", "e^(n+1)"),
        ("<msqrt><mn>2</mn></msqrt>", "√2"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "x^(1/3)"),
        ("<msub><mi>log</mi><mn>2</mn></msub><mn>8</mn>", "log_2\xa08"),
        ("<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup><mi>x</mi>", "∫_0^1\xa0x"),
        (
            "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr></mtable>",
            "1,2;3",
        ),
        ("<msup><mi>f</mi><mo>′</mo></msup>", "f′"),
        ("<msup><mn>90</mn><mo>∘</mo></msup>", "90∘"),
    ],
)
def test_the_text_of_a_formula_says_what_it_shows(formula: str, text: str):
    body = clean(f"<p><math>{formula}</math></p>", base="x").body
    assert project(body) == text
    assert clean(body, base="x").body == body
    assert sanitise(body) == body
