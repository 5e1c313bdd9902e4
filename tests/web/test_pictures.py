"""Pictures of an article's page: alternative texts, and opening large."""

from __future__ import annotations

import pytest

from galactica.web.pictures import picture_name, pictured


def test_a_picture_says_what_its_caption_says_and_opens_large() -> None:
    body = '<figure><img src="/m/r/s/I/x1.jpg"><figcaption>The <b>old</b> harbour &amp; its pier</figcaption></figure>'
    caption = "<figcaption>The <b>old</b> harbour &amp; its pier</figcaption>"
    assert pictured(body) == (
        '<figure><a class="gx-large" href="/m/r/s/I/x1.jpg"><img src="/m/r/s/I/x1.jpg" '
        'alt="The old harbour &amp; its pier"></a>' + caption + "</figure>"
    )


def test_an_alternative_text_that_is_there_stays() -> None:
    assert 'alt="A pier"' in pictured('<p><img alt="A pier" src="/m/r/s/a.png"></p>')
    assert pictured('<p><img alt="A pier" src="/m/r/s/a.png"></p>').count("alt=") == 1


def test_a_picture_without_a_caption_is_called_by_its_file() -> None:
    assert 'alt="Riga old town"' in pictured('<p><img alt="" src="/m/r/s/I/220px-Riga_old-town.jpg"></p>')


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/m/r/s/I/Flag_of_Chad.svg.png", "Flag of Chad"),
        ("/m/r/s/I/%E6%9D%B1%E4%BA%AC.jpg", "東京"),
        ("/m/r/s/I/Tokyo%20%E6%9D%B1%E4%BA%AC.jpg", "Tokyo 東京"),
        ("/m/r/s/9f86d081884c7d65.webp", ""),
        ("/m/r/s/12345.png", ""),
        ("/m/r/s/I/a&amp;b_castle.gif", "a&b castle"),
    ],
)
def test_names_that_say_nothing_are_left_out(address: str, name: str) -> None:
    assert picture_name(address) == name


def test_pictures_that_are_links_and_small_signs_do_not_become_links() -> None:
    linked = '<a href="/a/r/s/p"><img src="/m/r/s/map.png" alt="map"></a>'
    assert pictured(linked) == linked
    sign = '<p><img src="/m/r/s/flag.png" width="22" alt="flag"></p>'
    assert pictured(sign) == sign


def test_what_names_bring_is_escaped() -> None:
    made = pictured('<p><img src="/m/r/s/I/%22%3Eonload%3Dalert.png"></p>')
    assert 'alt="&quot;&gt;onload=alert"' in made
