"""What the entries of a ZIM are to an encyclopedia, by their media types and, where these say nothing, their names."""

from __future__ import annotations

_MEDIA_MIMES = frozenset(
    "application/pdf application/ogg application/epub+zip application/zip application/x-zip-compressed "
    "application/msword application/rtf text/rtf text/csv text/tab-separated-values text/calendar "
    "application/x-subrip application/gzip application/x-gzip application/x-bzip2 application/x-xz application/x-tar "
    "application/x-7z-compressed application/vnd.rar application/postscript application/x-bittorrent "
    "application/x-mobipocket-ebook application/x-ipynb+json application/geo+json model/stl".split()
)
"""Files that pages link to, to be read by another program."""
_OFFICE = ("application/vnd.openxmlformats", "application/vnd.oasis.", "application/vnd.ms-", "image/vnd.djvu")
_FONTS = "application/vnd.ms-fontobject"
_CODE = (".php", ".js", ".mjs", ".json", ".css", ".xml", ".map", ".asp", ".aspx", ".cgi", "robots.txt")
_NO_MIME = frozenset({"", "undefined", "application/octet-stream", "binary/octet-stream", "inode/x-empty"})
_BY_SUFFIX = {
    "html": "text/html", "htm": "text/html", "xhtml": "application/xhtml+xml", "txt": "text/plain",
    "md": "text/markdown", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
    "svg": "image/svg+xml", "webp": "image/webp", "avif": "image/avif", "mp3": "audio/mpeg", "ogg": "audio/ogg",
    "oga": "audio/ogg", "opus": "audio/ogg", "wav": "audio/wav", "ogv": "video/ogg", "webm": "video/webm",
    "mp4": "video/mp4", "vtt": "text/vtt", "pdf": "application/pdf", "epub": "application/epub+zip",
    "zip": "application/zip", "csv": "text/csv", "srt": "application/x-subrip", "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text", "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint", "rtf": "application/rtf", "7z": "application/x-7z-compressed",
}  # fmt: skip


def zim_kind(mime: str, path: str) -> tuple[str, str]:
    """What an entry is to an encyclopedia: ("page" | "text" | "media" | "other", its bare media type)."""
    mime = mime.partition(";")[0].strip().lower()
    if mime in _NO_MIME:
        mime = _BY_SUFFIX.get(path.rpartition(".")[2].lower(), mime)
    if mime in ("text/html", "application/xhtml+xml"):
        return "page", mime
    if mime in ("text/plain", "text/markdown") and not path.lower().endswith(_CODE):
        return "text", mime
    if mime.startswith(("image/", "audio/", "video/")) or mime in _MEDIA_MIMES or mime == "text/vtt":
        return "media", mime
    if mime.startswith(_OFFICE) and mime != _FONTS:
        return "media", mime
    return "other", mime
