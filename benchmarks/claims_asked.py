"""Questions that people asked of Chinese articles, and what links of infoboxes say of them: known values of properties.

The questions are those of CMRC 2018 and DRCD, each with an answer that stands in its paragraph; one is taken where,
without the name of its article, it asks for one property in one of the ways below. Nothing is left out because of its
answer.
"""

from __future__ import annotations

import json
import lzma
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks import data
from galactica.codes.han import fold_han

SETS = (
    "qa/cmrc2018-train-expmrc/cmrc2018-train-expmrc.train.json.xz",
    "cmrc2018/squad-style-data/cmrc2018_trial.json",
    "qa/drcd-dev-test/drcd-dev-test.train.json.xz",
)

WHEN = "(?:什么时候|何时|什么时间|哪一?年|什么年|公元哪年|哪年哪月|哪一天|几时|何年|什么年份|哪个时候|什么时期|几年)"
WHERE = (
    "(?:哪里|哪儿|何处|什么地方|何地|哪个地方|哪一?个国家|哪一?个城市|哪一?国|什么地区|哪个地区|哪个省份?|什么位置|"
    "哪个位置|哪座城市|哪个市|哪个县)"
)
WHO = "(?:谁|什么人|何人|哪位\\w{0,4}|哪些人|哪个\\w{0,5}|哪家\\w{0,4}|哪些\\w{0,4})"
IS = "(?:是|为|有|叫|都有|包括)*"
BY = "(?:是|由|被|最早)*"
ON = "(?:是|于|在|出|被|最初|最早|正式|首次|首)*"
MUCH = "(?:大约|约|总共|大概|是|为|有|共|可达)*"
FOUNDED = "(?:成立|创立|创办|创建|建立|设立|建校|创刊|组建|开办|创设|建成|兴建|始建)"
PUBLISHED = "(?:首播|上映|公映|出版|发行|发售|推出|首映|发表|播出|上市)"
OPENED = "(?:通车|启用|开放|开业|开幕|开馆|投入使用|营运|运营|开通|投入服务)"
DIED = "(?:逝世|去世|过世|死亡?|卒|病逝|离世|驾崩|身亡)"

ASKED = {
    "date_of_birth": (
        f"{ON}{WHEN}(?:出?生|诞生)的?|(?:出?生|诞生)(?:于|在|是)?{WHEN}|的?(?:出生|生日)(?:日期|时间|年份|日)?{IS}(?:{WHEN}|"
        "多少|什么)?"
    ),
    "place_of_birth": f"{ON}{WHERE}(?:出生|诞生)的?|(?:出?生|诞生)(?:地|于|在|的|是)*{WHERE}",
    "date_of_death": (
        f"{ON}{WHEN}{DIED}的?|{DIED}(?:于|在|是)?{WHEN}|的?(?:逝世|去世|死亡)(?:日期|时间){IS}(?:{WHEN}|什么)?"
    ),
    "founded": f"{ON}{WHEN}(?:正式)?{FOUNDED}的?|{FOUNDED}(?:于|在|的|时间|日期|是|为)*{WHEN}?",
    "published": f"{ON}{WHEN}(?:正式|首次)?{PUBLISHED}的?|{PUBLISHED}(?:于|在|的|时间|日期|是|为)*{WHEN}",
    "opened": f"{ON}{WHEN}(?:正式)?{OPENED}的?|{OPENED}(?:于|在|的|时间|日期|是|为)*{WHEN}",
    "discovered": f"{ON}{WHEN}被?(?:首次)?发现的?",
    "located_in": (
        f"(?:位于|坐落于|坐落在|地处|在|处于|的?地理位置(?:是|在)?|的?位置(?:是|在)?|所在地(?:是|在)?)+{WHERE}"
    ),
    "population": f"(?:的|总|现有|有|常住)*人口(?:数量?|总数|总量|规模)?{MUCH}多少(?:人|万)?|{MUCH}多少(?:人口|居民)",
    "area": (
        f"(?:的|总|占地|土地|行政区域|国土)*面积{MUCH}(?:多少|多大)(?:平方公里|公顷|平方米)?|占地(?:多大|"
        "多少平方公里)(?:面积)?"
    ),
    "elevation": f"的?海拔(?:高度)?{MUCH}(?:多少|多高)(?:米|公尺)?",
    "length": f"的?(?:全|总)?长(?:度)?{MUCH}(?:多少|多长)(?:公里|米|千米)?",
    "height": f"的?(?:总|身)?高(?:度)?{MUCH}(?:多少|多高)(?:公里|米|公尺)?",
    "educated_at": (
        "(?:是|曾|从)*(?:毕业于|就读于|就读|在)(?:哪所|哪一所|什么|哪个|哪间|哪里的?|何所)(?:大学|学校|学院|高中|中学)?(?:毕业|就读)?的?|"
        "的?(?:毕业|母)(?:院校|校)(?:是|为)?(?:哪里|什么|哪所\\w*|哪一所\\w*)"
    ),
    "capital": f"的?(?:首都|首府|省会)(?:是|为|在|位于)*(?:{WHERE}|什么)",
    "headquarters": f"的?总部(?:设|位|在|于|是|的)*{WHERE}",
    "founder": (
        f"{BY}{WHO}(?:一手)?(?:创立|创办|创建|建立|成立|创设)的?|的?(?:创始人|创办人|创立者|创建者|创办者){IS}{WHO}?"
    ),
    "author": f"{BY}{WHO}所?(?:写|著|创作|撰写|编写)的?(?:作品)?|的?作者{IS}{WHO}?",
    "director": f"{BY}{WHO}所?(?:执导|导演)的?|的?导演{IS}{WHO}?",
    "cast_member": f"{BY}{WHO}(?:主演|领衔主演)的?|的?(?:主演|主要演员){IS}{WHO}?",
    "developer": f"{BY}{WHO}所?(?:开发|研发)的?|的?(?:开发商|开发公司|开发者){IS}{WHO}?",
    "publisher": f"{BY}{WHO}所?(?:发行|出版)的?|的?(?:发行商|出版社|出版商|发行公司){IS}(?:{WHO}|什么)?",
    "architect": f"{BY}{WHO}所?设计的?|的?(?:设计师|设计者){IS}{WHO}?",
    "discoverer": f"{BY}{WHO}所?(?:发现|发明)的?|的?(?:发现者|发明者|发明人){IS}{WHO}?",
    "composer": f"{BY}{WHO}所?(?:作曲|谱曲)的?|的?(?:作曲者|作曲家|作曲){IS}{WHO}?",
    "performer": f"{BY}{WHO}所?(?:演唱|唱|主唱)的?",
    "occupation": "的?(?:职业|身份)(?:是|为)*什么|(?:是|从事)*(?:做什么|什么职业|什么工作)的?",
    "nationality": "(?:是)?(?:哪国人|哪个国家的?人?|哪一国人?|什么国籍)的?|的?国籍是(?:什么|哪里|哪个国家)",
    "spouse": f"(?:是|和|与|跟)*{WHO}(?:结婚|成婚)的?|的?(?:妻子|丈夫|配偶|太太){IS}(?:{WHO}|什么)?",
    "father": f"的?(?:父亲|爸爸){IS}(?:{WHO}|什么)?",
    "mother": f"的?(?:母亲|妈妈){IS}(?:{WHO}|什么)?",
    "official_language": f"的?官方语言{IS}(?:什么|哪些|哪种\\w*)",
    "highest_point": f"的?(?:最高峰|最高点){IS}(?:什么|哪里|哪座\\w*)",
    "river_mouth": f"(?:最终|最后|流)*(?:注入|汇入|流入)(?:{WHERE}|哪\\w*|什么\\w*)",
    "part_of": "(?:属于|隶属于|隶属|是)*(?:什么|哪\\w{1,5})的(?:一部分|组成部分)",
    "party": "(?:是|属于|加入|隶属)*(?:哪个|什么|哪一个)(?:政党|党派|党)的?(?:成员|党员)?",
    "award": "(?:曾|获得|荣获|得|赢得|获|过|了)+(?:什么|哪些|哪个|哪项|何种)(?:奖项?|荣誉|勋章|奖励)",
    "office_held": "(?:曾|担任|任|出任|过|了|现任)+(?:什么|哪些|何种|何)(?:职务|职位|官职|职)",
    "employees": "(?:有|共有|拥有|约有)*多少(?:名)?(?:员工|雇员|职工)",
    "chemical_formula": "的?(?:化学式|分子式)(?:是|为)*(?:什么|多少)?",
    "melting_point": "的?熔点(?:是|为)*多少",
    "owner": f"(?:是|属于|为)*{WHO}(?:拥有|所有|旗下)的?(?:子?公司)?",
}
"""Property → how a question asks for it, behind the name of what it asks of."""

OR = {
    "located_in": ("country", "headquarters", "river_source"),
    "founded": ("opened",),
    "opened": ("founded",),
    "author": ("screenwriter",),
    "nationality": ("country", "country_of_origin"),
    "height": ("elevation",),
    "elevation": ("height",),
    "publisher": ("label",),
}
"""Property → others that answer what it was taken for: "where is it", "how high is it"."""

_SAME = re.compile(
    "^(?:该|此|这[个部本座条所家首位]?)(?:国家|国|市|县|省|镇|区|岛|城市|城|剧|片|电影|电视剧|动画|小说|书|歌曲?|专辑|游戏|软件|公司|"
    "学校|大学|校|组织|机构|站|车站|桥|塔|河|湖|山|人|节目|乐队|建筑|寺|庙|公园|机场|街道|作品|漫画)?|^[他她它其]"
)
"""What a question may call the thing of its article."""

_MARKS = re.compile(r"[《》「」“”\"\s?？。]")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedArticle:
    """An article of the question sets.

    Attributes:
        title: its title.
        paragraphs: those that questions were asked of.
        asked: (property, answer) of the questions that ask for one.
    """

    title: str
    paragraphs: tuple[str, ...]
    asked: tuple[tuple[str, str], ...]


def asked_articles() -> Iterator[AskedArticle]:
    """The Chinese articles that people asked questions of, in the order of the sets; all, also those without one that
    asks for a property."""
    ways = {name: re.compile(way) for name, way in ASKED.items()}
    texts: defaultdict[str, list[str]] = defaultdict(list)
    asked: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in SETS:
        path = data.real(name)
        raw = path.read_bytes()
        raw = lzma.decompress(raw) if path.suffix == ".xz" else raw
        for article in json.loads(raw)["data"]:
            title = str(article["title"])
            for paragraph in article["paragraphs"]:
                texts[title].append(str(paragraph["context"]))
                for question in paragraph["qas"]:
                    wanted = _property(fold_han(str(question["question"])), title, ways)
                    if wanted:
                        asked[title].append((wanted, str(question["answers"][0]["text"])))
    for title, paragraphs in texts.items():
        yield AskedArticle(title=title, paragraphs=tuple(paragraphs), asked=tuple(dict.fromkeys(asked[title])))


def _property(question: str, title: str, ways: dict[str, re.Pattern[str]]) -> str:
    """The property that a question asks for of the thing of its article; "" for none."""
    name = fold_han(title)
    plain = re.sub(r"\s*[(（].*?[)）]\s*$", "", name)
    bare = _MARKS.sub("", question.replace(name, "").replace(plain, ""))
    for asked in (bare, _SAME.sub("", bare)):
        found = [wanted for wanted, way in ways.items() if way.fullmatch(asked)]
        if found:
            return found[0]
    return ""
