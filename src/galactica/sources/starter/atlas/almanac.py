"""The almanac: what other publishers, or other years, say: populations, areas, coastlines, heights, lengths, moons."""

from __future__ import annotations

from collections.abc import Iterator

from galactica.model import Document
from galactica.sources.starter.atlas import tables
from galactica.sources.starter.atlas.leads import with_article
from galactica.sources.starter.atlas.page import CLAIM_HEAD, AtlasPage, escape
from galactica.sources.starter.atlas.tables import AtlasPlace, BilingualName, Figure, Row, split_cell
from galactica.sources.starter.atlas.wording import FACTS, LANGUAGES, Language, enumerated, sized, value_of

_KINDS = {
    "mountain": BilingualName(en="mountain", zh="山峰"),
    "river": BilingualName(en="river", zh="河流"),
    "deep": BilingualName(en="ocean deep", zh="海渊"),
}
_LISTS = {
    "mountain": (BilingualName(en="Mountains and their heights", zh="山峰高度列表"), "height"),
    "river": (BilingualName(en="Rivers and their lengths", zh="河流长度列表"), "length"),
}
_POPULATION = BilingualName(en="Populations according to the United Nations", zh="联合国各国人口数据")


def articles(source: str) -> Iterator[Document]:
    """Countries, then mountains, rivers and deeps, then moons, then lists."""
    for place in tables.places().values():
        found = {fact: figures for (key, fact), figures in tables.others().items() if key == place.gec}
        for language in LANGUAGES if found else ():
            yield _country(source, place, found, language)
    for row in tables.rows("subjects"):
        for language in LANGUAGES:
            yield _subject(source, row, language)
    for body in tables.rows("bodies"):
        counts = [row for row in tables.rows("moons") if row["body"] == body["id"] and row["book"] == "almanac"]
        for language in LANGUAGES if counts else ():
            yield _moons(source, body, counts, language)
    for language in LANGUAGES:
        for kind in _LISTS:
            yield _list(source, kind, language)
        yield _populations(source, language)


def _claims(page: AtlasPage, fact: str, figures: tuple[Figure, ...]) -> None:
    """The table of who says what, under a heading that says whether they agree."""
    label = FACTS[fact].name
    if len({figure.value for figure in figures}) > 1:
        page.heading(f"Sources disagree: {label.en.lower()}", f"各来源说法不一：{label.zh}")
    else:
        page.heading(label.en, label.zh)
    page.table(
        CLAIM_HEAD.of(page.language),
        [(figure_html(page, fact, one), page.year(one.year), page.publisher(one.publisher)) for one in figures],
        row_heads=False,
    )


def figure_html(page: AtlasPage, fact: str, figure: Figure) -> str:
    """A figure with its unit and note, as HTML."""
    note = figure.note.of(page.language)
    text = value_of(fact, figure.value, page.language)
    return escape(text + (page.say(f" ({note})", f"（{note}）") if note else ""))


def _country(source: str, place: AtlasPlace, found: dict[str, tuple[Figure, ...]], language: Language) -> Document:
    page = AtlasPage(source, place.path, place.name.of(language), language)
    sentences = []
    if people := found.get("population"):
        count, year = people[-1].value, people[-1].year
        sentences.append(
            page.say(
                f"In {year}, <strong>{escape(with_article(place))}</strong> had about {sized(count, 'en', 4)} "
                "inhabitants according to the United Nations.",
                f"据联合国估计，{year}年<strong>{place.name.zh}</strong>人口约{sized(count, 'zh', 4)}。",
            )
        )
    else:
        name = place.name.zh if language == "zh" else with_article(place, capital=True)
        sentences.append(
            page.say(
                f"<strong>{escape(name)}</strong>: figures by publisher and year.",
                f"<strong>{name}</strong>：按来源和年份列出的数据。",
            )
        )
    page.paragraph("".join(sentences))
    for fact in ("population", "area_total", "coastline"):
        if figures := found.get(fact):
            _claims(page, fact, figures)
    return page.document(
        other=place.name.en if language == "zh" else place.name.zh,
        aliases=place.zh_also if language == "zh" else place.also,
        categories=(page.say("Countries", "国家"),),
    )


def _subject(source: str, row: Row, language: Language) -> Document:
    page = AtlasPage(source, row["path"], row["zh"] if language == "zh" else row["name"], language)
    kind = _KINDS[row["kind"]]
    where = [tables.places()[gec] for gec in split_cell(row["place"])]
    english = enumerated([with_article(place) for place in where], "en")
    chinese = enumerated([place.name.zh for place in where], "zh")
    river = row["kind"] == "river"
    subject = f"The <strong>{row['name']}</strong>" if river else f"<strong>{escape(row['name'])}</strong>"
    verb, zh_verb = (
        ("is a river that flows through", "流经")
        if river
        else (f"is a{'n' * (kind.en[0] in 'aeiou')} {kind.en} in", "位于")
    )
    page.paragraph(
        page.say(
            f"{subject} {verb} {escape(english)}.",
            f"<strong>{escape(row['zh'])}</strong>（英语：{escape(row['name'])}）是{zh_verb}{escape(chinese)}的{kind.zh}。",
        )
    )
    for (key, fact), figures in tables.others().items():
        if key == row["path"]:
            _claims(page, fact, figures)
    listing = _LISTS.get(row["kind"])
    see = [page.link(f"list/{row['kind']}s", listing[0].of(language))] if listing else []
    return page.document(
        other=row["name"] if language == "zh" else row["zh"],
        aliases=split_cell(row["zh_also"]) if language == "zh" else split_cell(row["also"]),
        categories=(page.say(kind.en.capitalize() + "s", kind.zh),),
        see=see,
    )


def _moons(source: str, body: Row, counts: list[Row], language: Language) -> Document:
    name = body["name"].removesuffix(" (planet)")
    page = AtlasPage(source, f"space/{body['id']}", body["zh"] if language == "zh" else name, language)
    first = counts[-1]
    page.paragraph(
        page.say(
            f"<strong>{name}</strong> had {first['count']} known moons in {page.year(first['date'])}.",
            f"{page.year(first['date'])}，<strong>{body['zh']}</strong>已知有{first['count']}颗卫星。",
        )
    )
    none = BilingualName(en="", zh="")
    figures = tuple(Figure(value=row["count"], year=row["date"], publisher=row["source"], note=none) for row in counts)
    _claims(page, "moons", figures)
    return page.document(
        other=name if language == "zh" else body["zh"],
        aliases=split_cell(body["zh_also"]) if language == "zh" else (),
        categories=(page.say("Solar System", "太阳系"),),
    )


def _list(source: str, kind: str, language: Language) -> Document:
    title, fact = _LISTS[kind]
    page = AtlasPage(source, f"list/{kind}s", title.of(language), language)
    page.paragraph(page.say("Each with the values that its sources give.", "列出各来源给出的数值。"))
    lines = []
    for row in tables.rows("subjects"):
        figures = tables.others().get((row["path"], fact), ())
        for figure in figures:
            name = page.link(row["path"], row["zh"] if language == "zh" else row["name"])
            lines.append(
                (name, figure_html(page, fact, figure), page.year(figure.year), page.publisher(figure.publisher))
            )
    page.table(page.say("Name|Value|Year|Source", "名称|数值|年份|来源"), lines, row_heads=False)
    return page.document(other=title.en if language == "zh" else title.zh, categories=(page.say("Overviews", "总览"),))


def _populations(source: str, language: Language) -> Document:
    page = AtlasPage(source, "list/population", _POPULATION.of(language), language)
    pairs = [
        (tables.places()[key], figures[-1]) for (key, fact), figures in tables.others().items() if fact == "population"
    ]
    pairs.sort(key=lambda pair: (-int(pair[1].value), pair[0].name.en))
    page.paragraph(
        page.say(f"The {len(pairs)} most populous countries of which the almanac has a figure.", "")
        or f"年鉴收录的{len(pairs)}个人口最多的国家。"
    )
    lines = [
        (
            page.link(place.path, place.name.of(language)),
            escape(value_of("population", figure.value, language)),
            page.year(figure.year),
        )
        for place, figure in pairs
    ]
    page.cite("wpp")
    page.table(page.say("Country|Population|Year", "国家|人口|年份"), lines, row_heads=False)
    return page.document(
        other=_POPULATION.en if language == "zh" else _POPULATION.zh, categories=(page.say("Overviews", "总览"),)
    )
