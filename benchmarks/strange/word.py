"""Documents of Word as schools, clinics and ships have them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.sources.office import made
from tests.sources.office.made import W, docx, para

from benchmarks.strange.case import StrangeFile, strange

_CHANGED = 'w:id="1" w:author="A" w:date="2020-01-01T00:00:00Z"'


def _run(text: str, about: str = "") -> str:
    return f'<w:r><w:rPr>{about}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _p(*runs: str, about: str = "") -> str:
    return f"<w:p><w:pPr>{about}</w:pPr>{''.join(runs)}</w:p>"


def _cell(content: str, about: str = "") -> str:
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{content}</w:tc>"


def _table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def _field(instruction: str, shown: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{_run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _m(tag: str, *inner: str) -> str:
    return f"<m:{tag}>{''.join(inner)}</m:{tag}>"


def _mr(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def _notes(kind: str, number: int, content: str) -> str:
    return f'<w:{kind}s {W}><w:{kind} w:id="{number}">{content}</w:{kind}></w:{kind}s>'


def changes() -> Iterator[StrangeFile]:
    """Tracked changes, and text that is struck or hidden."""
    yield strange(
        "dose.docx", "a tracked change of a number",
        docx(_p(_run("The dose is "), f"<w:del {_CHANGED}><w:r><w:delText>50</w:delText></w:r></w:del>",
                f"<w:ins {_CHANGED}>{_run('5')}</w:ins>", _run(" mg a day."))),
        "The dose is 5 mg a day.", never=("50",), counted=("deleted-text",),
    )  # fmt: skip
    yield strange(
        "struck.docx", "text that is struck through by hand",
        docx(_p(_run("Give "), _run("50", "<w:strike/>"), _run(" 5 mg a day."))),
        "5 mg a day.", never=("Give 50 5 mg",),
    )  # fmt: skip
    yield strange(
        "dstruck.docx", "text that is struck through twice",
        docx(_p(_run("Give "), _run("80", "<w:dstrike/>"), _run(" 8 mg a day."))),
        "8 mg a day.", never=("Give 80 8 mg",),
    )  # fmt: skip
    row = f"<w:tr><w:trPr><w:del {_CHANGED}/></w:trPr>{_cell(para('Ward 9'))}{_cell(para('99'))}</w:tr>"
    yield strange(
        "rowgone.docx", "a row of a table that was deleted as a tracked change",
        docx(f"<w:tbl><w:tr>{_cell(para('Ward'))}{_cell(para('Beds'))}</w:tr><w:tr>{_cell(para('Ward 1'))}"
             f"{_cell(para('12'))}</w:tr>{row}</w:tbl>"),
        "Ward 1\t12", never=("Ward 9", "99"),
    )  # fmt: skip
    gone = f"<w:tcPr><w:cellDel {_CHANGED}/></w:tcPr>"
    yield strange(
        "cellgone.docx", "a cell that was deleted as a tracked change",
        docx(f"<w:tbl><w:tr>{_cell(para('Ward 1'))}<w:tc>{gone}<w:p><w:del {_CHANGED}><w:r><w:delText>77</w:delText></w:r>"
             f"</w:del></w:p></w:tc>{_cell(para('12'))}</w:tr></w:tbl>"),
        "Ward 1", "12", never=("77",),
    )  # fmt: skip
    yield strange(
        "moved.docx", "a paragraph that was moved",
        docx(f"<w:p><w:moveFrom {_CHANGED}>{_run('Wash hands first.')}</w:moveFrom></w:p>{para('Then start.')}"
             f"<w:p><w:moveTo {_CHANGED}>{_run('Wash hands first.')}</w:moveTo></w:p>"),
        "Then start.\nWash hands first.", never=("Wash hands first.\nThen",),
    )  # fmt: skip
    yield strange(
        "mergedpara.docx", "two paragraphs made one as a tracked change",
        docx(f"<w:p><w:pPr><w:rPr><w:del {_CHANGED}/></w:rPr></w:pPr>{_run('Open the ')}</w:p>{para('main valve.')}"),
        "Open the main valve.",
    )  # fmt: skip
    yield strange(
        "hidden.docx", "hidden text",
        docx(_p(_run("Seen."), _run(" Not seen.", "<w:vanish/>"))), "Seen.", never=("Not seen",),
        counted=("hidden-text",),
    )  # fmt: skip
    yield strange(
        "formatchange.docx", "a tracked change of a format alone",
        docx(_p(f"<w:r><w:rPr><w:b/><w:rPrChange {_CHANGED}><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>"
                "<w:t>Keep upright.</w:t></w:r>")),
        "Keep upright.",
    )  # fmt: skip


def signs() -> Iterator[StrangeFile]:
    """Raised, lowered, special signs, right to left, fields."""
    yield strange(
        "raised.docx", "powers, ions and formulas of chemistry by raised and lowered letters",
        docx(_p(_run("CFU 2 × 10"), _run("3", '<w:vertAlign w:val="superscript"/>'), _run(" per mL; H"),
                _run("2", '<w:vertAlign w:val="subscript"/>'), _run("O; 10"),
                _run("−6", '<w:vertAlign w:val="superscript"/>'), _run(" M"))),
        "10^3 per mL", "H2O", "10^−6 M", never=("103",),
    )  # fmt: skip
    yield strange(
        "position.docx", "a power raised by its position",
        docx(_p(_run("Area 5 × 10"), _run("4", '<w:position w:val="12"/><w:sz w:val="14"/>'), _run(" m"))),
        "10^4 m", never=("104",),
    )  # fmt: skip
    yield strange(
        "stylesup.docx", "a power raised by a style of characters",
        docx(_p(_run("Load 10"), _run("5", '<w:rStyle w:val="Power"/>'), _run(" N")),
             links={"r1": ("styles", "styles.xml")},
             parts={"word/styles.xml": f'<w:styles {W}><w:style w:type="character" w:styleId="Power"><w:name w:val="Power"/>'
                    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>'}),
        "10^5 N", never=("105",),
    )  # fmt: skip
    yield strange(
        "symbol.docx", "signs of the font Symbol",
        docx(_p(_run("at "), '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', _run(" 38 °C, "),
                '<w:r><w:sym w:font="Symbol" w:char="F06D"/></w:r>', _run("g"))),
        "at ≥ 38 °C", "μg",
    )  # fmt: skip
    yield strange(
        "symbolfont.docx", "letters that are set in the font Symbol",
        docx(_p(_run("Use 5 "), _run("m", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'), _run("g of vitamin."))),
        "5 μg of vitamin", never=("5 mg",),
    )  # fmt: skip
    yield strange(
        "hyphens.docx", "hyphens that do not break, soft ones, and spaces that do not break",
        docx(_p("<w:r><w:t>20</w:t><w:noBreakHyphen/><w:t>30 mL, para</w:t><w:softHyphen/><w:t>cetamol</w:t></w:r>")),
        "20‑30 mL", "paracetamol",
    )  # fmt: skip
    yield strange(
        "tabs.docx", "values parted by tabs alone",
        docx(_p("<w:r><w:t>Speed</w:t><w:tab/><w:t>12</w:t><w:tab/><w:t>knots</w:t></w:r>")),
        "Speed 12 knots",
    )  # fmt: skip
    yield strange(
        "breaks.docx", "an address with breaks of lines",
        docx(_p("<w:r><w:t>Pier 5</w:t><w:br/><w:t>24103 Kiel</w:t></w:r>")), "Pier 5\n24103 Kiel",
    )  # fmt: skip
    yield strange(
        "field.docx", "fields: a date, a sum, a link, a reference",
        docx(_p(_run("Sum "), _field(" =SUM(ABOVE) \\# 0,00 ", "12,50"), _run(" €; see "),
                _field(' HYPERLINK "https://example.org/a" ', "the list"), _run("."))),
        "Sum 12,50 €", "see the list.", never=("SUM(", "HYPERLINK"),
    )  # fmt: skip
    yield strange(
        "nested.docx", "a field in the instruction of another",
        docx(_p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>',
                _field("MERGEFIELD sex", "f"),
                '<w:r><w:instrText> = "f" "Mrs" "Mr"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
                _run("Mrs"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>', _run(" Osei"))),
        "Mrs Osei", never=("fMrs", "MERGEFIELD"),
    )  # fmt: skip
    yield strange(
        "rtl.docx", "Arabic and Hebrew with numbers",
        docx(_p(_run("الجرعة 5 ملغ كل 8 ساعات", "<w:rtl/>"), about="<w:bidi/>") + para("טלפון 03-1234567")),
        "الجرعة 5 ملغ كل 8 ساعات", "טלפון 03-1234567",
    )  # fmt: skip
    yield strange(
        "ruby.docx", "readings above Chinese characters",
        docx(_p('<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>とうきょう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東京'
                "</w:t></w:r></w:rubyBase></w:ruby></w:r>", _run("の人口"))),
        "東京", "の人口",
    )  # fmt: skip
    yield strange(
        "caps.docx", "an equation of Office: fraction, root, power, index",
        docx(_p(_run("Speed "), _m("oMath", _mr("v"), _mr("="), _m("f", _m("num", _mr("s")), _m("den", _mr("t")))),
                _run(" and "),
                _m("oMath", _m("sSup", _m("e", _mr("10")), _m("sup", _mr("−3"))), _mr("+"),
                   _m("sSub", _m("e", _mr("x")), _m("sub", _mr("1")))))),
        "Speed", never=("10−3",),
    )  # fmt: skip
    yield strange(
        "checkbox.docx", "boxes to tick, of content controls and of old forms",
        docx(_p('<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>', _run(" Fever "),
                '<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>', _run(" Cough"))),
        "☒ Fever ☐ Cough",
    )  # fmt: skip
    old = ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>{}</w:checkBox></w:ffData>'
           '</w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>')  # fmt: skip
    yield strange(
        "oldform.docx", "boxes to tick of old forms",
        docx(_p(old.format('<w:checked/>'), _run(" Fever "), old.format(""), _run(" Cough"))),
        "☑ Fever ☐ Cough",
    )  # fmt: skip


def blocks() -> Iterator[StrangeFile]:
    """Tables, lists, notes, boxes."""
    yield strange(
        "nestedtable.docx", "a table in a cell of a table",
        docx(_table(_cell(para("Room")) + _cell(para("Beds")),
                    _cell(para("A")) + _cell(_table(_cell(para("left")) + _cell(para("3")),
                                                    _cell(para("right")) + _cell(para("4"))) + "<w:p/>"))),
        "Room\tBeds", "left\t3", "right\t4",
    )  # fmt: skip
    yield strange(
        "spans.docx", "merged cells, down and across",
        docx(_table(_cell(para("Drug"), '<w:vMerge w:val="restart"/>') + _cell(para("Dose"), '<w:gridSpan w:val="2"/>'),
                    _cell("<w:p/>", "<w:vMerge/>") + _cell(para("child")) + _cell(para("adult")),
                    _cell(para("Amoxicillin")) + _cell(para("250 mg")) + _cell(para("500 mg")))),
        "Amoxicillin\t250 mg\t500 mg",
    )  # fmt: skip
    yield strange(
        "gridbefore.docx", "a row that begins in the second column",
        docx(f"<w:tbl><w:tr>{_cell(para('Mon'))}{_cell(para('Tue'))}{_cell(para('Wed'))}</w:tr>"
             f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{_cell(para("Fish"))}{_cell(para("Rice"))}</w:tr></w:tbl>'),
        "Mon\tTue\tWed\nFish\tRice",
    )  # fmt: skip
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="4"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
        '<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="§ %1"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )

    def item(text: str, number: int, level: int = 0) -> str:
        return para(text, extra=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')

    yield strange(
        "lists.docx", "lists with numbers, one with signs",
        docx(item("Close the sluice", 1) + item("left first", 1, 1) + item("Pump", 1) + item("Scope", 2)
             + item("Ships", 2, 1) + item("Boats", 2, 1) + item("Terms", 2),
             links={"r1": ("numbering", "numbering.xml")}, parts={"word/numbering.xml": numbering}),
        "Close the sluice", "§ 1 Scope", "1.1 Ships", "1.2 Boats", "§ 2 Terms",
    )  # fmt: skip
    yield strange(
        "notes.docx", "a footnote behind a number, an endnote, a comment",
        docx(_p(_run("In 1912"), '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>',
                _run(" she sank.")),
             links={"r1": ("footnotes", "footnotes.xml")},
             parts={"word/footnotes.xml": _notes("footnote", 2, para("Board of Trade."))}),
        "In 1912 she sank.", "Board of Trade.", never=("19121", "19122"),
    )  # fmt: skip
    yield strange(
        "handnote.docx", "a note's number that was raised by hand behind a number",
        docx(_p(_run("In 1912"), _run("2", '<w:vertAlign w:val="superscript"/>'), _run(" she sank."))),
        "1912^2 she sank", never=("19122",),
    )  # fmt: skip
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
        "<wps:wsp><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{0}"
        "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    yield strange(
        "box.docx", "a box of text, written twice for old and new programs",
        docx(_p(_run("Before use"), box.format(para("Shake well")), _run(" read this."))),
        "Before use read this.", "Shake well",
    )  # fmt: skip
    yield strange(
        "content.docx", "content controls around rows, cells and paragraphs",
        docx(f"<w:sdt><w:sdtContent>{para('Ward list')}</w:sdtContent></w:sdt><w:tbl><w:sdt><w:sdtContent><w:tr>"
             f"<w:sdt><w:sdtContent>{_cell(para('Bed 1'))}</w:sdtContent></w:sdt>{_cell(para('Amina'))}</w:tr>"
             "</w:sdtContent></w:sdt></w:tbl>"),
        "Ward list", "Bed 1\tAmina",
    )  # fmt: skip
    yield strange(
        "altchunk.docx", "HTML that was put in as a part",
        docx(para("Before.") + '<w:altChunk r:id="h"/>', links={"h": ("aFChunk", "chunk.html")},
             parts={"word/chunk.html": "<html><body><p>Salt 10<sup>2</sup> g</p></body></html>"}),
        "Before.", "10^2 g",
    )  # fmt: skip
    yield strange(
        "headfoot.docx", "head and foot with the number of the page",
        docx(para("The text."), links={"h": ("header", "header1.xml")},
             parts={"word/header1.xml": f"<w:hdr {W}>{para('Form 12-B')}</w:hdr>"}),
        "The text.", "Form 12-B",
    )  # fmt: skip
    styled = made.styles({"Heading1": "heading 1", "Title": "Title", "berschrift2": "heading 2"})
    yield strange(
        "headings.docx", "headings by styles whose ids are German",
        docx(para("Safety", style="Title") + para("Fire", style="Heading1") + para("Drill", style="berschrift2")
             + para("Weekly."), links={"s": ("styles", "styles.xml")}, parts={"word/styles.xml": styled}),
        "Safety", "Fire\nDrill\nWeekly.",
    )  # fmt: skip
    yield strange(
        "smart.docx", "words in tags of smart tags and of other languages",
        docx(_p('<w:smartTag w:uri="x" w:element="place">' + _run("Kiel") + "</w:smartTag>", "<w:proofErr/>",
                _run(" Canal"))), "Kiel Canal",
    )  # fmt: skip
    yield strange("really.docx", "a compound file that is called .docx and is empty",
                  b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, unread=True)  # fmt: skip
    yield strange("page.doc", "HTML that is called .doc, as web programs write it",
                  '<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta charset="utf-8"></head><body>'
                  "<p>Menu of the week: soup at 12.30</p></body></html>",
                  "Menu of the week: soup at 12.30")  # fmt: skip
    yield strange("rich.doc", "RTF that is called .doc", r"{\rtf1\ansi Soup is 3.50 a plate.\par}",
                  "Soup is 3.50 a plate.")  # fmt: skip
    yield strange("renamed.doc", "a .docx that is called .doc", docx(para("Soup of the day.")), "Soup of the day.")


def word_files() -> Iterator[StrangeFile]:
    """All of them."""
    yield from changes()
    yield from signs()
    yield from blocks()
