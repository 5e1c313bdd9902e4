"""Pictures: `[[File:name|options|caption]]`; only the words below a framed one are kept.

The bytes of pictures are not in a dump. What is an option is known in many languages; of what is none, the last is the
caption, which a wiki shows where the picture has a frame. Standard: MediaWiki "Help:Images".
"""

from __future__ import annotations

import re
from collections.abc import Callable

from galactica.refine.wikitext.page import BLOCK_MARKER, GONE, WikiPage
from galactica.refine.wikitext.quotes import quotes
from galactica.refine.wikitext.tags import balance

_FRAMELESS = frozenset(
    """
    frameless rahmenlos sans_cadre sin_marco sinmarco enmarcado_sin semmoldura senza_cornice semmarco безрамки безрамка
    bezrámu bezram ramlös rammeløs utanramme kehyksetön keretnélküli çerçevesiz fărăcadru kaderloos bezramki
    无框 無框 フレームなし 프레임없음 khôngkhung ללא_מסגרת بدون_إطار بیقاب بدون بی‌قاب sensekadro sensemarc
    """.split()
)
"""A frameless picture shows no words below it: what would be its caption is a hint of the mouse."""

_FRAMING = ("upright", "thumb", "manualthumb", "mini", "hochkant", "redresse", "верх")
"""Options with a value that say how a picture with words below it is shown."""

_FRAMED = frozenset(
    """
    thumb thumbnail frame framed upright mini miniatur gerahmt hochkant vignette cadre encadré encadre
    redresse miniatura miniaturadeimagen mini miniaturadeimatge marco moldura miniaturaimagem destro riquadro
    kader omkaderd mała ramka tumme tummenagel ram miniatyr ramme pienoiskuva pienois kehys kehystetty küçükresim
    küçük çerçeve мини миниатюра мініатюра эскиз рамка минијатура мини-снимка умањено náhled náhľad bélyegkép
    bélyeg miniatyrbild miniaturbild 縮圖 缩略图 有框 サムネイル フレーム 섬네일 썸네일 섬네 nhỏ khung ממוזער ממוסגר
    تصغير مصغر بندانگشتی قاب انگشتدان بندانگشتي sličica umanjeno minijatura sīktēls sumaž pisi sumini miniatuur
    bawd eta iruditxoa mynd thumb= кадр პატარა მინი мини| nagapnail jmpl jempol bingkai ย่อ หัวเรื่องย่อ अंगूठाकार अंगूठा
    থাম্ব থাম্বনেইল மிகச்சிறிய ਥੰਬਨੇਲ smámynd smámyndd miniatyur miniatyurë parvum etiketo kutipa mînyatur eskiz
    """.split()
)
_PLAIN_OPTIONS = frozenset(
    """
    left right center centre none border baseline middle sub super top bottom text-top text-bottom links rechts
    zentriert ohne gauche droite centré néant izquierda derecha centro centrado no nessuno sinistra esquerda direita
    nenhum geen gecentreerd lewo prawo bez brak centruj vänster höger centrerad ingen venstre høyre høgre midten
    vasen oikea keskellä sağ sol orta слева справа центр центрировать без праворуч ліворуч дясно ляво дясно десно лево
    лијево центар vlevo vpravo okraj střed jobb bal középre balra jobbra 左 右 中 中央 無し なし
    居左 居右 居中 置中 左置 右置
    오른쪽 왼쪽 가운데 phải trái giữa không שמאל ימין مركز يسار يمين چپ راست وسط
    هیچ مرکز stânga dreapta desno lijevo sredina
    pa labi pa kreisi paremal vasakul keskel dešinėje kairėje ezkerrera eskuinera erdian dreta esquerra cap ขวา ซ้าย
    haut bas
    """.split()
)
_SIZE = re.compile(r"(?:\d{0,5}\s*(?:x\s*\d{1,5})?\s*[^\W\d_]{1,8}|\d{1,5}(?:x\d{1,5})?)\s*\Z")
_KEYED = re.compile(
    r"\s*(?:alt|link|page|lang|class|style|upright|thumb|thumbtime|start|end|manualthumb|hochkant|redresse|verweis|lien"
    r"|enlace|seite|альт|ссылка|верх|代替文|替代文本|替代|mini|miniatur|vignette|size|loop|muted)\s*=",
    re.IGNORECASE,
)
_TABLE = re.compile(r"^[ \t]*\{\|(?:(?!^[ \t]*\{\|).)*?^[ \t]*\|\}", re.DOTALL | re.MULTILINE)
_BAR_IN_ADDRESS = re.compile(r"\[(?:https?:)?//[^\s\[\]<>\"]*")


def picture(page: WikiPage, label: str | None, outward: Callable[[str], str]) -> str:
    """A figure with its caption, or nothing where it has none that the wiki would show.

    Args:
        label: what stands behind the picture's name, its bars between.
        outward: makes the links out of the wiki.
    """
    if label is None:
        return ""
    framed, caption = "", ""
    if "{|" in label:
        label = _TABLE.sub(lambda match: page.set_aside(page.render(match[0])), label)
    if "//" in label:
        label = _BAR_IN_ADDRESS.sub(lambda match: match[0].replace("|", "%7C"), label)
    for part in label.split("|"):
        word = part.strip()
        lowered = word.lower()
        if lowered in _FRAMED:
            framed = framed or "yes"
        elif lowered in _FRAMELESS:
            framed = framed or "no"  # the first of the two counts
        elif not word or lowered in _PLAIN_OPTIONS or (_SIZE.match(word) and word[0] in "0123456789xX"):
            continue
        elif _KEYED.match(word):
            if lowered.startswith(_FRAMING):
                framed = framed or "yes"
        else:
            caption = word
    if not caption or framed != "yes":
        return ""
    # A caption is one line of text; what was set aside as blocks inside it would break out of the figure.
    caption = balance(quotes(BLOCK_MARKER.sub(" ", outward(caption.replace(GONE, "").replace("\n", " ")))))
    return page.set_aside(f"<figure><figcaption>{caption}</figcaption></figure>", block=True)
