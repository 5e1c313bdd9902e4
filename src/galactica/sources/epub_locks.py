"""What of a book is locked: parts that its encryption.xml names, and what the lock is called.

A font that is only obfuscated is no lock: fonts are not read. Everything else that is encrypted is left out by the name
of its protection, and what is not encrypted is read.
Standards: EPUB 3.3, 4.2.6.3 (encryption.xml), 4.4 (font obfuscation); Readium LCP 1.0.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from galactica.sources.epub_package import document_of
from galactica.sources.xml_tree import xml_tree
from galactica.sources.zipped import Zipped

MAX_LOCKED = 100_000
"""Parts that an encryption.xml names."""

_OBFUSCATED = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_FONTS = (".ttf", ".otf", ".woff", ".woff2", ".ttc", ".eot", ".pfb")
_BY_FILE = (
    ("META-INF/license.lcpl", "Readium LCP"),
    ("META-INF/sinf.xml", "Apple FairPlay"),
    ("META-INF/rights.xml", "Adobe ADEPT or another with rights.xml"),
    ("rights.xml", "Kobo or another with rights.xml"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Locks:
    """What cannot be read: paths of parts, and what the protection is called."""

    paths: frozenset[str] = frozenset()
    name: str = ""
    obfuscated: frozenset[str] = field(default=frozenset())

    @property
    def detail(self) -> str:
        """For a person."""
        return f"under digital rights management ({self.name})"


def locks_of(archive: Zipped) -> Locks:
    """The locks of a book."""
    locked: set[str] = set()
    obfuscated: set[str] = set()
    algorithms: set[str] = set()
    tree = xml_tree(document_of(archive, archive.find("META-INF/encryption.xml")))
    for number, data in enumerate(tree.walk("EncryptedData")):
        if number >= MAX_LOCKED:
            break
        method, reference = data.first("EncryptionMethod"), data.first("CipherReference")
        algorithm = method.attributes.get("Algorithm", "") if method is not None else ""
        path = archive.find(reference.attributes.get("URI", "")) if reference is not None else ""
        if algorithm in _OBFUSCATED and path.lower().endswith(_FONTS):
            obfuscated.add(path)
        elif path:
            locked.add(path)
            algorithms.add(algorithm.rpartition("#")[2] or "an unnamed algorithm")
    if not locked:
        return Locks(obfuscated=frozenset(obfuscated))
    name = next((name for file, name in _BY_FILE if archive.find(file)), "")
    return Locks(paths=frozenset(locked), name=name or ", ".join(sorted(algorithms)), obfuscated=frozenset(obfuscated))
