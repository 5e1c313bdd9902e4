"""Files that are known by their first bytes and hold no articles: media that articles show, and what is not read.

Media are told by content and the name's ending together, because browsers are given the type that is stated here.
Source: the magic numbers in the standards of each format; https://mimesniff.spec.whatwg.org §6 for media.
"""

from __future__ import annotations

_MEDIA: tuple[tuple[str, int, bytes, tuple[str, ...]], ...] = (
    # type, offset, magic, endings ("" = any)
    ("image/png", 0, b"\x89PNG\r\n\x1a\n", (".png", ".apng")),
    ("image/jpeg", 0, b"\xff\xd8\xff", (".jpg", ".jpeg", ".jpe", ".jfif")),
    ("image/gif", 0, b"GIF87a", (".gif",)),
    ("image/gif", 0, b"GIF89a", (".gif",)),
    ("image/webp", 8, b"WEBP", (".webp",)),
    ("image/avif", 4, b"ftypavif", (".avif",)),
    ("audio/ogg", 0, b"OggS", (".ogg", ".oga", ".opus")),
    ("video/ogg", 0, b"OggS", (".ogv",)),
    ("audio/flac", 0, b"fLaC", (".flac",)),
    ("audio/wav", 8, b"WAVE", (".wav",)),
    ("audio/mpeg", 0, b"ID3", (".mp3",)),
    ("audio/mpeg", 0, b"\xff\xfb", (".mp3",)),
    ("audio/mp4", 4, b"ftyp", (".m4a",)),
    ("video/mp4", 4, b"ftyp", (".mp4", ".m4v")),
    ("video/webm", 0, b"\x1a\x45\xdf\xa3", (".webm",)),
    ("text/vtt", 0, b"WEBVTT", (".vtt",)),
)

_UNREAD: tuple[tuple[str, int, bytes], ...] = (
    # what a person calls it, offset, magic; more specific ones first
    ("an EPUB book", 30, b"mimetypeapplication/epub+zip"),
    ("an OpenDocument file", 30, b"mimetypeapplication/vnd.oasis"),
    ("an Office document", 30, b"[Content_Types].xml"),
    ("a PDF document", 0, b"%PDF-"),
    ("a PostScript document", 0, b"%!PS"),
    ("an old Office document", 0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("an RTF document", 0, b"{\\rtf"),
    ("a DjVu book", 0, b"AT&TFORM"),
    ("a web archive (WARC)", 0, b"WARC/"),
    ("a web archive (ARC)", 0, b"filedesc://"),
    ("an SQLite database", 0, b"SQLite format 3\0"),
    ("a 7z archive", 0, b"7z\xbc\xaf\x27\x1c"),
    ("a RAR archive", 0, b"Rar!\x1a\x07"),
    ("an ar archive", 0, b"!<arch>\n"),
    ("an AIX ar archive", 0, b"<bigaf>\n"),
    ("a cpio archive", 0, b"070701"),
    ("a cpio archive", 0, b"070702"),
    ("a cpio archive", 0, b"070707"),
    ("a cpio archive", 0, b"\xc7\x71"),
    ("a cpio archive", 0, b"\x71\xc7"),
    ("an ARJ archive", 0, b"\x60\xea"),
    ("an LZ4 file", 0, b"\x04\x22\x4d\x18"),
    ("a file packed with compress (.Z)", 0, b"\x1f\x9d"),
    ("a file packed with lzma", 0, b"\x5d\x00\x00"),
    ("a Snappy file", 0, b"\xff\x06\x00\x00sNaPpY"),
    ("a Java class or pack", 0, b"\xca\xfe"),
    ("a program", 0, b"\x7fELF"),
    ("a program", 0, b"MZ"),
    ("an Arrow file", 0, b"ARROW1"),
    ("an HDF5 file", 0, b"\x89HDF"),
    ("a Matroska film", 0, b"\x1a\x45\xdf\xa3"),
    ("an Ogg file", 0, b"OggS"),
    ("a FLAC recording", 0, b"fLaC"),
    ("an AIFF recording", 0, b"FORM"),
    ("a RIFF file (sound or film)", 0, b"RIFF"),
    ("an MPEG-4 file (film, sound or picture)", 4, b"ftyp"),
    ("an MP3 recording", 0, b"ID3"),
    ("a PNG picture", 0, b"\x89PNG\r\n\x1a\n"),
    ("a JPEG picture", 0, b"\xff\xd8\xff"),
    ("a GIF picture", 0, b"GIF8"),
    ("a TIFF picture", 0, b"II*\0"),
    ("a TIFF picture", 0, b"MM\0*"),
)

_FRAMES = frozenset(
    (
        "an old Office document",
        "a Matroska film",
        "an Ogg file",
        "a RIFF file (sound or film)",
        "an MPEG-4 file (film, sound or picture)",
    )
)
"""Names of what may hold this or that: the ending of the file says which."""

_BY_ENDING: dict[str, str] = {
    # what files are called whose bytes do not tell them, or not for certain
    ".epub": "an EPUB book", ".mobi": "a Kindle book", ".azw": "a Kindle book", ".azw3": "a Kindle book",
    ".wacz": "a web archive (WACZ)", ".cdx": "an index of a web archive", ".cdxj": "an index of a web archive",
    ".fb2": "a FictionBook", ".nxml": "a journal article", ".tei": "a TEI text", ".dbk": "a DocBook document",
    ".docbook": "a DocBook document", ".chm": "a Windows help file", ".cbz": "a comic book", ".cbr": "a comic book",
    ".docx": "an Office document", ".xlsx": "an Office document", ".pptx": "an Office document",
    ".doc": "an old Office document", ".xls": "an old Office document", ".ppt": "an old Office document",
    ".odt": "an OpenDocument file", ".ods": "an OpenDocument file", ".odp": "an OpenDocument file",
    ".docm": "an Office document", ".dotx": "an Office document", ".dotm": "an Office document",
    ".xlsm": "an Office document", ".xltx": "an Office document", ".xltm": "an Office document",
    ".pptm": "an Office document", ".ppsx": "an Office document", ".ppsm": "an Office document",
    ".potx": "an Office document", ".potm": "an Office document",
    ".ott": "an OpenDocument file", ".ots": "an OpenDocument file", ".otp": "an OpenDocument file",
    ".fodt": "an OpenDocument file", ".fods": "an OpenDocument file", ".fodp": "an OpenDocument file",
    ".odg": "an OpenDocument file", ".odm": "an OpenDocument file", ".sxw": "an OpenDocument file",
    ".sxc": "an OpenDocument file", ".sxi": "an OpenDocument file", ".fodg": "an OpenDocument file",
    ".rtf": "an RTF document", ".xlt": "an old Office document", ".dot": "an old Office document",
    ".pages": "an iWork document", ".numbers": "an iWork document", ".key": "an iWork document",
    ".jar": "a Java archive", ".apk": "an Android package", ".whl": "a Python package", ".xpi": "a browser extension",
    ".kmz": "a map", ".kml": "a map", ".gpx": "a map", ".geojson": "a map", ".tex": "a TeX document",
    ".eml": "a mail", ".mbox": "a mailbox", ".msg": "a mail", ".srt": "a subtitle file", ".vtt": "a subtitle file",
    ".ass": "a subtitle file", ".ssa": "a subtitle file", ".sbv": "a subtitle file", ".ttml": "a subtitle file",
    ".dfxp": "a subtitle file", ".flac": "a FLAC recording", ".wav": "a recording", ".ogg": "a recording",
    ".opus": "a recording", ".webm": "a film", ".m4v": "a film", ".ogv": "a film", ".aiff": "a recording",
    ".svg": "an SVG picture", ".svgz": "an SVG picture",
    ".bmp": "a BMP picture", ".ico": "an icon", ".css": "a style sheet", ".js": "a script", ".mjs": "a script",
    ".py": "a program", ".c": "a program", ".h": "a program", ".cpp": "a program", ".java": "a program",
    ".rs": "a program", ".go": "a program", ".rb": "a program", ".php": "a program", ".sh": "a program",
    ".ts": "a program", ".sql": "a program", ".exe": "a program", ".ipynb": "a notebook", ".xml": "an XML file",
    ".rss": "a feed", ".atom": "a feed", ".rdf": "an RDF file", ".ttl": "an RDF file", ".nt": "an RDF file",
    ".json": "a JSON file", ".jsonld": "a JSON file", ".yaml": "a settings file", ".yml": "a settings file",
    ".conf": "a settings file", ".properties": "a settings file", ".desktop": "a settings file",
    ".service": "a settings file", ".ics": "a calendar", ".ical": "a calendar", ".ifb": "a calendar",
    ".vcs": "a calendar", ".vcf": "an address card", ".vcard": "an address card", ".opml": "an outline",
    ".bib": "a list of references", ".ris": "a list of references", ".man": "a manual page", ".mdoc": "a manual page",
    ".ltx": "a TeX document", ".latex": "a TeX document",
    ".po": "a list of translations", ".pot": "a list of translations",
    ".toml": "a settings file", ".ini": "a settings file", ".cfg": "a settings file", ".woff": "a font",
    ".woff2": "a font", ".ttf": "a font", ".otf": "a font", ".log": "a log", ".iso": "a disk image",
    ".dmg": "a disk image", ".sqlite": "an SQLite database", ".db": "a database", ".mp4": "a film", ".mkv": "a film",
    ".avi": "a film", ".mov": "a film", ".mp3": "an MP3 recording", ".aac": "a recording", ".m4a": "a recording",
    ".wma": "a recording", ".zim": "a ZIM file", ".csv": "a table", ".tsv": "a table", ".parquet": "a table",
    ".jsonl": "a JSON file", ".ndjson": "a JSON file", ".zip": "a zip archive", ".tar": "a tar archive",
    ".gz": "a packed file", ".bz2": "a packed file", ".xz": "a packed file", ".zst": "a packed file",
    ".smil": "a media overlay", ".pls": "a list of pronunciations",
    ".html": "an HTML page", ".htm": "an HTML page", ".xhtml": "an HTML page", ".md": "a Markdown page",
    ".txt": "a text", ".png": "a PNG picture", ".jpg": "a JPEG picture", ".jpeg": "a JPEG picture",
    ".gif": "a GIF picture", ".webp": "a WebP picture", ".pdf": "a PDF document",
}  # fmt: skip

_ZIPPED = frozenset(
    ".epub .docx .xlsx .pptx .odt .ods .odp .pages .numbers .key .jar .apk .whl .xpi .kmz .cbz .wacz".split()
)
"""Endings of formats that are zip archives of another kind than a folder."""

_TYPES: dict[str, str] = {
    # ending → the type that a linked file is served by; anything else is a row of bytes, to be saved
    ".epub": "application/epub+zip", ".zip": "application/zip", ".csv": "text/csv", ".txt": "text/plain",
    ".tsv": "text/tab-separated-values", ".json": "application/json", ".srt": "application/x-subrip",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text", ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation", ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel", ".ppt": "application/vnd.ms-powerpoint", ".rtf": "application/rtf",
    ".msg": "application/vnd.ms-outlook",
    ".djvu": "image/vnd.djvu", ".ps": "application/postscript", ".7z": "application/x-7z-compressed",
    ".gz": "application/gzip", ".bz2": "application/x-bzip2", ".xz": "application/x-xz", ".tar": "application/x-tar",
    ".parquet": "application/vnd.apache.parquet", ".zim": "application/x-zim", ".mid": "audio/midi",
}  # fmt: skip

LOOKED_AT = 4096
"""Bytes of a file that its type is told by."""

_SVG_STARTS = (b"<svg", b"<?xml", b"<!--", b"<!DOCTYPE svg")


def media_type(name: str, head: bytes) -> str:
    """The MIME type of a picture, sound, film or subtitle, "" for other files.

    Content and name have to agree, except that a picture with a wrong ending keeps its true type.
    """
    dot = name.rfind(".")
    suffix = name[dot:].lower() if dot > 0 else ""
    if suffix == ".svg" and head.lstrip().startswith(_SVG_STARTS) and b"<svg" in head:
        return "image/svg+xml"
    for mime, offset, magic, endings in _MEDIA:
        if head.startswith(magic, offset) and (suffix in endings or mime.startswith("image/")):
            return mime
    return ""


def unread_kind(head: bytes, name: str = "") -> str:
    """What a file that cannot be read here is called ("a PDF document"), "" where that cannot be told.

    Args:
        name: of the file; its ending tells zip archives of another kind than a folder apart.
    """
    if head.startswith(b"PK\x03\x04") and _ending(name) in _ZIPPED:
        return _BY_ENDING[_ending(name)]
    return next((called for called, offset, magic in _UNREAD if head.startswith(magic, offset)), "")


def called(name: str, head: bytes) -> str:
    """What any file is called ("a PDF document", "a style sheet", "a .xyz file")."""
    ending = _ending(name)
    plain = unread_kind(head, name)
    plain = _BY_ENDING.get(ending, plain) if plain in _FRAMES else plain or _BY_ENDING.get(ending, "")
    if plain:
        return plain
    known = ending and len(ending) <= 12 and ending[1:].isalnum()
    return f"a {ending} file" if known else "a file of no known kind"


def served_as(name: str, head: bytes) -> str:
    """The MIME type that a file which a page links to is kept with: what a browser may show, or rows of bytes."""
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if _ending(name) == ".svgz":
        return "image/svg+xml"  # unpacked where it is sanitised
    return media_type(name, head) or _TYPES.get(_ending(name), "application/octet-stream")


def _ending(name: str) -> str:
    base, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and base and "/" not in ending else ""
