"""What holds in a group of RTF, and which groups hold what: text, tables of fonts and styles, pictures, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from galactica.sources.office.inline import RAISED

SKIPPED = frozenset(
    "colortbl listtable listoverridetable rsidtbl generator xmlnstbl themedata datastore colorschememapping "
    "latentstyles filetbl revtbl private nonshppict shprslt template falt panose bkmkend tc tcn xe rxe ftnsep "
    "ftnsepc ftncn aftnsep aftnsepc aftncn pgdsctbl background objdata objclass objname nonesttables sn sv sp "
    "pnseclvl picprop blipuid userprops propname staticval linkval docvar atnref atnid atndate atnicn atnparent "
    "atntime mmathPr wgrffmtfilter defchp defpap ebcstart ebcend passwordhash protusertbl fchars lchars listname "
    "listpicture hl hlloc hlsrc formfield ffname ffdeftext ffformat ffhelptext ffstattext ffentrymcr ffexitmcr "
    "datafield gridtbl oldcprops oldpprops oldsprops oldtprops".split()
)
"""Groups whose text is not for readers."""

STARRED = frozenset(
    "fldinst shppict shpinst annotation atnauthor bkmkstart ud do shptxt footnote pntext pn moMath moMathPara mr "
    "mnum mden me msub msup mdeg mlim mfName listtext nesttableprops".split()
)
"""Groups that a program may leave out which does not know them, and that are read here."""

MARGINS = frozenset("header headerl headerr headerf footer footerl footerr footerf".split())
INFO = frozenset("title author subject keywords doccomm creatim revtim operator company category manager".split())

FORMS = {"pngblip": "png", "jpegblip": "jpg"}
"""Forms of pictures that a browser shows → ending."""

OTHER_FORMS = frozenset("emfblip wmetafile pmmetafile macpict dibitmap wbitmap".split())
"""Forms that none shows."""


@dataclass(slots=True)
class State:
    """What holds in a group; a group inside begins with a copy.

    Attributes:
        kind: what its text is: "text", "skip", or the name of a group that is collected.
        font: number in the table of fonts; -1 for none.
        unicode: how many characters stand in for one of Unicode.
        link: where its text leads.
        fresh: whether nothing was read in it yet: only then a word names what it holds.
        starred: whether the next word names a group that may be left out.
        begins: a text that this group holds and that is put away when it ends ("footnote", "header", "shptxt" …).
    """

    kind: str = "text"
    font: int = -1
    unicode: int = 1
    link: str = ""
    fresh: bool = True
    starred: bool = False
    begins: str = ""
    bold: bool = False
    italic: bool = False
    struck: bool = False
    hidden: bool = False
    deleted: bool = False
    raised: str = ""

    def copy(self) -> State:
        """What a group inside begins with."""
        return State(
            self.kind, self.font, self.unicode, self.link, True, False, "", self.bold, self.italic, self.struck,
            self.hidden, self.deleted, self.raised,
        )  # fmt: skip

    def plain(self) -> None:
        """Letters have no marks from here on."""
        self.bold = self.italic = self.struck = self.hidden = self.deleted = False
        self.raised = ""
        self.font = -1

    def look(self, word: str, number: int | None) -> bool:
        """Take in a word on how letters look; whether it was one."""
        on = number != 0
        match word:
            case "b":
                self.bold = on
            case "i":
                self.italic = on
            case "strike" | "striked":
                self.struck = on
            case "super" | "sub":
                self.raised = ("sup" if word == "super" else "sub") if on else ""
            case "nosupersub":
                self.raised = ""
            case "up" | "dn":
                half_points = 6 if number is None else number
                self.raised = ("sup" if word == "up" else "sub") if half_points >= RAISED else ""
            case "v":
                self.hidden = on
            case "deleted":
                self.deleted = on
            case "f":
                self.font = number or 0
            case "uc":
                self.unicode = min(max(number or 0, 0), 20)
            case "plain":
                self.plain()
            case _:
                return False
        return True

    @property
    def marks(self) -> tuple[str, ...]:
        """How text is marked."""
        named = (("b", self.bold), ("i", self.italic), ("s", self.struck), (self.raised, bool(self.raised)))
        return tuple(mark for mark, on in named if on)


@dataclass(slots=True)
class Paragraph:
    """What holds in a paragraph: its style, level as a heading (0 for none), list and level in it, label, table."""

    style: int = 0
    outline: int = 0
    level: int = 0
    listed: bool = False
    label: str = ""
    in_table: bool = False


@dataclass(slots=True)
class Picture:
    """A picture that is being read."""

    digits: list[bytes] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    form: str = ""
