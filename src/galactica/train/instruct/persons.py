"""Whether an article is about a person, or somebody who is told of like one, by its first sentence.

Who has a day of birth or death in brackets is one; who has a rank in the name; and who "is a …" somebody: the noun that
says what is there, and not one that stands before it or behind "by" ("a novel by the writer …" is none). Of a role
itself ("A chemist is a scientist") what is asked, not who: what is named with an article, or in small letters, is no
name.
"""

from __future__ import annotations

import re

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_LIFE = re.compile(
    rf"[(（][^()（）]*(?:\b(?:born|died)\b|(?:{_MONTHS})[^()]*[–—-][^()]*(?:{_MONTHS})|出生|[生卒]於|生于|卒于|年\d+月\d+日\s*[-－—–－~至]|年\s*[-－—–~]\s*\d+年)"
)
_RANK = re.compile(r"(?:Emperor|Empress|King|Queen|Pope|Saint|Prince|Princess|Archbishop|Sir|Lady) [A-Z]")
_YEARS = re.compile(r"\([^()]*\d{2,4}[^()]*[–—-][^()]*\d{2,4}[^()]*\)")

_ROLES = (
    "king|queen|pope|bishop|archbishop|emperor|empress|prince|princess|saint|politician|president|statesman|writer|"
    "novelist|poet|playwright|author|philosopher|mathematician|physicist|chemist|biologist|astronomer|scientist|"
    "economist|historian|theologian|engineer|inventor|architect|painter|sculptor|artist|composer|musician|singer|actor|"
    "actress|director|general|admiral|officer|explorer|footballer|player|wife|son|daughter|monk|nobleman|ruler|lawyer|"
    "journalist|physician|missionary|linguist|rapper"
)
_PERSON = re.compile(rf"\b(?:{_ROLES})\b")
_HEAD = re.compile(
    r"\b(?:is|was)\s+(?:an?|the|one of the|both an?)\s+"
    r"(?:(?!(?:by|of|from|in|on|at|for|with|about|to|as|that|which|who|whose)\b)[\w'’/&.-]+,?\s+){0,7}?"
    rf"(?:{_ROLES}|character|god|goddess|deity|cartoonist|comedian|presenter|broadcaster|critic|editor|"
    r"activist|psychologist|psychiatrist|sociologist|anthropologist|archaeologist|zoologist|botanist|geologist|"
    r"programmer|designer|photographer|filmmaker|screenwriter|songwriter|guitarist|drummer|pianist|violinist|"
    r"conductor|dancer|model|wrestler|boxer|athlete|cricketer|golfer|swimmer|skater|driver|jockey|pilot|astronaut|"
    r"businessman|businesswoman|entrepreneur|banker|diplomat|judge|soldier|commander|warrior|knight|priest|theologian|"
    r"abbot|deacon|friar|martyr|prophet|rabbi|scholar|grammarian|professor|teacher|translator|orator|sophist|"
    r"murderer|pirate|spy|princeps|consul|senator|governor|duke|duchess|count|countess|earl|baron|pharaoh|sultan|caliph)"
    r"(?=[,.;:]|\s+(?:and|or|who|whose|of|from|in|at|that|with|for|born|best|known|during|under|to|on)\b|$)"
)
_NO_NAME = re.compile(r"\d|^(?:an?|the|An?|The)\s")

_HAN_ROLES = (
    "演員|演员|歌手|政治人物|政治家|作家|導演|导演|編劇|编剧|球員|球员|教授|畫家|画家|音樂家|音乐家|作曲家|運動員|运动员|"
    "將領|将领|將軍|将军|皇帝|國王|国王|模特兒|模特儿|主持人|學者|学者|詩人|诗人|官員|官员|進士|进士|選手|选手|之子|之女|主教|"
    "科學家|科学家|物理學家|物理学家|化學家|化学家|數學家|数学家|哲學家|哲学家|歷史學家|历史学家|經濟學家|经济学家|企業家|企业家|"
    "律師|律师|醫生|医生|記者|记者|教練|教练|漫畫家|漫画家|建築師|建筑师|人物|角色|貝勒貝伊|贵族|貴族|軍人|军人|外交官|議員|议员"
)
_HAN_HEAD = re.compile(rf"^[^《》]{{0,40}}?(?:{_HAN_ROLES})(?=[，。；、,]|（|$)")
_HAN_WORK = re.compile(
    "專輯|专辑|單曲|单曲|歌曲|節目|节目|劇集|剧集|電視劇|电视剧|影集|作品|所[飾饰]|總稱|总称|泛指|是指|通常指|統稱|统称|事件|墓碑|意識形態|意识形态|之一種|頭銜|"
    "头衔|稱號|称号|職位|职位|組合|组合|樂團|乐团|樂隊|乐队|國家隊|国家队"
)


def is_person(said: str, plain: str, title: str, name: str, language: str) -> bool:
    """Whether who, and not what, is asked.

    Args:
        said: the first sentence of the article.
        plain: it without brackets.
        title: without the bracket that tells it from another.
        name: as it stands in a question: with an article, in small letters where it is no name.
        language: en or zh, with what follows.
    """
    beginning = said[: len(title) + 200]
    if _LIFE.search(beginning) is not None:
        return True
    rest = plain[plain.casefold().find(title.casefold()) + len(title) :]
    if language != "en":
        clause = re.split("[。；]", rest)[0]
        return "《" not in plain[:2] and _HAN_HEAD.search(rest[:60]) is not None and not _HAN_WORK.search(clause[:40])
    if _RANK.match(title) is not None:
        return True
    if _YEARS.search(beginning) is not None and _PERSON.search(rest[:90]) is not None:
        return True
    head = _HEAD.search(rest[:160])
    return name[:1].isupper() and not _NO_NAME.search(name) and head is not None and head.start() < 60
