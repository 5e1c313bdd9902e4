"""Letters for a picture, five dots wide, seven high and two below the line, drawn for this program.

Nine digits a letter, a row each from the top, a digit of base 32 for the five dots of a row.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

WIDE, HIGH = 6, 9
"""Dots from a letter to the next, and of a line."""

_LETTERS = r"""
    %pp248jj00 '440000000 (248884200 )842224800 +044v44000 ,000004480 -000v00000 .00000cc00 /11248gg00 0ehjlphe00
    14c4444e00 2eh168gv00 3v1261he00 426aiv2200 5vgu11he00 668guhhe00 7v12488800 8ehhehhe00 9ehhf12c00 :004004400
    ;004004480 <248g84200 =00v0v0000 >842124800 Aehhvhhh00 Buhhuhhu00 Cehggghe00 Duhhhhhu00 Evgguggv00 Fvgguggg00
    Gehgnhhe00 Hhhhvhhh00 Ie44444e00 J72222ic00 Khikokih00 Lggggggv00 Mhrllhhh00 Nhppljjh00 Oehhhhhe00 Puhhuggg00
    Qehhhlid00 Ruhhukih00 Sfgge11u00 Tv44444400 Uhhhhhhe00 Vhhhhaa400 Whhhllrh00 Xhha4ahh00 Yhha444400 Zv1248gv00
    a00e1fhf00 bggmphhu00 c00egghe00 d11djhhf00 e00ehvge00 f68s888800 g00djhjd1e hggmphhh00 i40c444e00 j2062222ic
    kggikoki00 lc44444e00 m00qllll00 n00mphhh00 o00ehhhe00 p00mphpmgg q00djhjd11 r00mpggg00 s00fge1u00 t88s889600
    u00hhhjd00 v00hhaa400 w00hllla00 x00ha4ah00 y00hhhjd1e z00v248v00
"""
_ROWS = {word[0]: tuple(int(row, 32) for row in word[1:]) for word in _LETTERS.split()}


def dots_of(text: str, scale: int) -> NDArray[np.bool_]:
    """A line of text as dots, bool [9 · scale, 6 · scale · letters]; what has no letter here is left blank."""
    dots = np.zeros((HIGH, WIDE * len(text)), bool)
    for at, letter in enumerate(text):
        for row, bits in enumerate(_ROWS.get(letter, ())):
            for column in range(5):
                dots[row, at * WIDE + column] = bits >> (4 - column) & 1
    return dots.repeat(scale, 0).repeat(scale, 1)
