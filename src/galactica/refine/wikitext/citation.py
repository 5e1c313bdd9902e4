"""References: the fields of {{cite book}}, {{Literatur}}, {{lien web}} … become one readable line.

"Author (year). Title. Work 12 (3): 45–67. Publisher. ISBN …", the title linked to where it can be read. Which names
a field has in which language is `_FIELDS`; nothing else differs between the languages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from galactica.refine.wikitext.page import Page

if TYPE_CHECKING:
    from galactica.refine.wikitext.templates import Rule

Given = dict[str, str]

MAX_AUTHORS = 12
"""Authors written out; more are "et al."."""

_FIELDS: dict[str, tuple[str, ...]] = {
    "author": ("author", "authors", "author1", "vauthors", "credits", "people", "autor", "autor1", "auteur", "auteur1", "autore",
               "author-name", "autori", "автор", "tác giả", "著者", "作者", "författare", "tekijä", "forfatter", "autors", "szerző",
               "yazar", "egilea", "autoři", "مؤلف", "نویسنده", "מחבר", "συγγραφέας", "автори"),
    "last": ("last", "last1", "surname", "surname1", "họ", "họ 1", "nom", "nom1", "apellido", "apellido1", "apellidos", "cognome",
             "cognome1", "último", "último1", "sobrenome", "sobrenome1", "nazwisko", "nazwisko1", "фамилно_име", "příjmení",
             "efternamn", "achternaam", "sukunimi", "фамилия", "vezetéknév", "cognom", "etternavn", "姓", "priezvisko", "prezime"),
    "first": ("first", "first1", "given", "given1", "tên", "tên 1", "prénom", "prénom1", "nombre", "nombre1", "nome", "nome1",
              "primeiro", "primeiro1", "imię", "imię1", "първо_име", "jméno", "förnamn", "voornaam", "etunimi", "имя", "keresztnév",
              "fornavn", "名", "meno", "ime"),
    "editor": ("editor", "editors", "editor-last", "editor1-last", "editor1", "herausgeber", "hrsg", "a cura di", "編者", "編集"),
    "title": ("title", "titel", "titre", "título", "titulo", "titolo", "tytuł", "заглавие", "заглав", "название", "nhan đề", "tiêu đề",
              "tựa đề", "tựa", "タイトル", "書名", "naslov", "titolo", "titull", "cím", "başlık", "izenburua", "název", "titul",
              "nimeke", "tittel", "titlu", "títol", "عنوان", "כותרת", "τίτλος", "назва", "標題", "标题", "contribution", "наслов",
              "pealkiri", "pavadinimas", "nosaukums", "nuosauka", "titulo", "otsikko", "judul"),
    "chapter": ("chapter", "kapitel", "chapitre", "capítulo", "capitolo", "rozdział", "глава", "chương", "article", "entry", "section"),
    "work": ("work", "website", "journal", "newspaper", "magazine", "periodical", "encyclopedia", "encyclopaedia", "périodique",
             "revue", "journal", "site", "obra", "publicación", "periódico", "jornal", "revista", "rivista", "pubblicazione", "sito",
             "opera", "werk", "sammelwerk", "czasopismo", "gazeta", "opublikowany", "издание", "сайт", "công trình", "tạp chí", "báo",
             "website", "雑誌", "新聞", "work", "verk", "tidning", "tidskrift", "julkaisu", "съчинение", "вестник", "периодика", "dergi",
             "contribution-title", "media", "series", "booktitle", "album", "album-link", "mailinglist", "trang web", "lehti"),
    "publisher": ("publisher", "verlag", "éditeur", "editorial", "editora", "editore", "wydawca", "издател", "издательство", "nhà xuất bản",
                  "nxb", "出版社", "出版者", "publisher1", "uitgever", "utgivare", "kustantaja", "yayıncı", "kiadó", "editor-name",
                  "vydavatel", "vydavateľ", "argitaletxea", "institution", "agency", "utgiver", "forlag", "förlag", "organisation", "hrsg",
                  "izdavač", "založnik", "ناشر", "הוצאה", "видавець", "publicador", "penerbit", "vergi"),
    "place": ("location", "place", "ort", "lieu", "ubicación", "lugar", "local", "città", "miejsce", "място", "место", "nơi xuất bản",
              "plaats", "plats", "paikka", "yer", "hely", "místo", "publication-place"),
    "date": ("date", "year", "datum", "jahr", "année", "fecha", "año", "data", "ano", "anno", "rok", "дата", "година", "год", "ngày",
             "năm", "ngày tháng", "年", "日付", "date1", "jaar", "år", "vuosi", "tarih", "yıl", "év", "dátum", "urtea", "ajankohta",
             "تاريخ", "سال", "שנה", "publication-date", "airdate", "jours"),
    "volume": ("volume", "band", "tome", "volumen", "volume", "tom", "том", "巻", "bộ", "tập"),
    "issue": ("issue", "number", "nummer", "numéro", "número", "numero", "numer", "брой", "выпуск", "号", "số", "nr"),
    "pages": ("pages", "page", "seiten", "pp", "p", "páginas", "página", "pagine", "pagina", "strony", "s", "страници", "страницы",
              "trang", "ページ", "passage", "pages totales", "pag", "sidor", "sivu", "pàgines", "at"),
    "url": ("url", "online", "lire en ligne", "enlace", "www", "link", "адрес", "ссылка", "chapter-url", "adresse", "web", "osoite",
            "contribution-url", "article-url", "url1", "liên kết", "адрес", "texte"),
    "isbn": ("isbn", "isbn1"),
    "doi": ("doi",),
    "quote": ("quote", "zitat", "citation", "cita", "citação", "citazione", "trích dẫn", "quotation"),
    "text": ("1",),
}  # fmt: skip
_KEYS = {name: field for field, names in reversed(_FIELDS.items()) for name in names}
_ORDINAL = re.compile(
    r"(author|last|first|autor|nom|prénom|apellido|nombre|cognome|nome|họ|tên|surname|given|auteur)[ -]?(\d{1,2})\Z"
)
_SURNAMES = frozenset(("last", "nom", "apellido", "cognome", "họ", "surname"))
_GIVEN = frozenset(("first", "prénom", "nombre", "nome", "tên", "given"))
_ADDRESS = re.compile(r"(?:https?:)?//[^\s\[\]<>\"|]+\Z")
_DIGITS = re.compile(r"\d+\Z")


def citation(page: Page, given: Given, rule: Rule) -> str:
    """One line of wikitext; "" where no field says anything a reader could use."""
    fields: Given = {}
    people: dict[int, list[str]] = {}
    for key, value in given.items():
        if not value:
            continue
        lowered = key.lower()
        field = _KEYS.get(lowered)
        if field is not None:
            fields.setdefault(field, value)
        else:
            match = _ORDINAL.match(lowered)
            if match and len(people) < 60:
                names = people.setdefault(int(match[2]), ["", ""])
                names[1 if match[1] in _GIVEN else 0] = value
    return _line(page, fields, _authors(fields, people)) or fields.get("text", "")


def _authors(fields: Given, people: dict[int, list[str]]) -> str:
    names = []
    first = ", ".join(part for part in (fields.get("last", ""), fields.get("first", "")) if part)
    if first or fields.get("author"):
        names.append(first or fields["author"])
    for number in sorted(people):
        one = ", ".join(part for part in people[number] if part)
        if one and number > 1:
            names.append(one)
    if len(names) > MAX_AUTHORS:
        names = [*names[:MAX_AUTHORS], "et al."]
    return "; ".join(names)


def _line(page: Page, fields: Given, authors: str) -> str:
    title = " ".join(fields.get("title", "").split())
    chapter = " ".join(fields.get("chapter", "").split())
    address = fields.get("url", "").strip()
    shown = chapter or title
    linked = shown
    if shown and _ADDRESS.match(address) and "[[" not in shown:
        safe = shown.replace("[", "&#91;").replace("]", "&#93;").replace("\n", " ")
        linked = f"[{address} {safe}]"
    elif not shown and _ADDRESS.match(address):
        linked = address
    date = fields.get("date", "")
    parts = []
    who = authors or (f"{fields['editor']} (ed.)" if fields.get("editor") else "")
    if who:
        parts.append(f"{who} ({date})" if date else who)
    if linked:
        parts.append(f"<i>{linked}</i>" if not chapter and not fields.get("work") else linked)
    if chapter and title:
        parts.append(f"<i>{title}</i>")
    work = _work(fields)
    if work:
        parts.append(work)
    publisher = ": ".join(part for part in (fields.get("place", ""), fields.get("publisher", "")) if part)
    if publisher and publisher != fields.get("work"):
        parts.append(publisher)
    if date and not who:
        parts.append(date)
    if fields.get("isbn"):
        parts.append(f"ISBN {fields['isbn']}")
    if fields.get("doi"):
        doi = fields["doi"].strip()
        parts.append(
            f"[https://doi.org/{doi} doi:{doi}]" if re.fullmatch(r"10\.\d+/[^\s\[\]<>\"|]+", doi) else f"doi:{doi}"
        )
    if fields.get("quote"):
        parts.append(f"“{fields['quote']}”")
    return " ".join(part if part.rstrip("</i>]").endswith((".", "?", "!", "…", "。")) else part + "." for part in parts)


def _work(fields: Given) -> str:
    work = f"<i>{fields['work']}</i>" if fields.get("work") else ""
    volume, issue, pages = (fields.get(name, "") for name in ("volume", "issue", "pages"))
    numbers = f"{volume} ({issue})" if volume and issue else volume or issue
    out = f"{work} {numbers}".strip()
    if not pages:
        return out
    if numbers:
        return f"{out}: {pages}"
    page_mark = f"p. {pages}" if _DIGITS.match(pages) else pages if not pages[0].isdigit() else f"pp. {pages}"
    return f"{out}, {page_mark}" if out else page_mark
