"""Redirects as a wiki's text writes them: a magic word in the wiki's language, then a link.

The `<redirect>` mark of the export schema (0.4 and later) comes first where there is one; this reads the older
dumps. Source of the words: the `redirect` magic word of MediaWiki's message files.
"""

from __future__ import annotations

import re

MAGIC_WORDS = frozenset(
    """
    redirect redirection redirección redireccion weiterleitung rinvia doorverwijzing omdirigering omdiriger
    viderestyring ohjaus uudelleenohjaus suunaümbersuunamine suuna peradresavimas pāradresācija novirziet patrz
    przekieruj tam přesměruj presmeruj átirányítás redirecționează redirectează redirecionamento preusmeritev preusmeri
    преусмери преусмјери пренасочување пренасочване виж перенаправление перенапр перенаправлення
    перенапрвлення перанакіраваньне перанакіраванне айдау бағыттау багыттау юнәлтү унаарыы рдоман тасчо
    yönlendirme yönlendi̇rme yonlendirme istiqamətləndirmə istiqamətləndir yo'naltirish yoʻnaltirish
    վերահղում გადამისამართება ანაბარ ανακατευθυνση ανακατεύθυνση הפניה תחויל تحويل تغییر_مسیر تغییرمسیر تغيير_مسير
    رجوع_مکرر رهنمون پاشگۆنی ڕەوانەکردن
    पुनर्प्रेषित अनुप्रेषित पुनर्निर्देशन पुनर्निदेशन পুননির্দেশ পুনর্নির্দেশ পুনঃনির্দেশ পুনর্নিদেশনা ரீடைரக்ட் வழிமாற்று దారిమార్పు
    ತಿರುಗಿಸು ತಿರುಗಿಸಿ_ತಲುಪಿಸು തിരിച്ചുവിടുക തിരിച്ചുവിടൽ ਰੀਡਿਰੈਕਟ યાળઅનુપ્રેષિત દિશામાન ଲେଉଟାଣି යළියොමුව
    เปลี่ยนทาง โอน ປ່ຽນທາງ ပြန်ညွှန်း បញ្ជូនបន្ត ប្តូរទីតាំងទៅ
    đổi doi redirectionner lencong alih aihdu nodirect birzuzendu adkas ailgyfeirio athsheoladh tilvísun tilvisun
    stiùireadh aderedirect doorverwys riderieg vidarebefordring alidirektu alidirektigu alidirekto
    重定向 重新導向 転送 リダイレクト 넘겨주기
    """.split()
)
"""The words after "#", case-folded, spaces as underscores."""

# "#WORD [[Target" with an optional colon; a second word is allowed because a few languages need two.
_REDIRECT = re.compile(r"\s*#\s*([^\s\[\]:#]{2,40}(?:[ _][^\s\[\]:#]{2,40})?)\s*:?\s*\[\[\s*:?([^\[\]|\n]{1,600})")


def redirect_target(text: str) -> str | None:
    """The title that the text of a page redirects to, or None where it is no redirect."""
    match = _REDIRECT.match(text)
    if match is None:
        return None
    word = match[1].casefold().replace(" ", "_")
    return match[2].strip() if word in MAGIC_WORDS else None
