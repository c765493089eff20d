"""Bytes to clean text: encoding found, mojibake repaired once, newlines made one, controls removed.

All of it happens before text is stored, so that no offset ever moves afterwards. Quotes, letters and spaces stay as written.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from dragoman.errors import InputError

_SAMPLE = 256 * 1024

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}encoding=["']([\w.:-]{2,40})""", re.I
)
# What browsers take these labels for (https://encoding.spec.whatwg.org/#names-and-labels).
_LABELS = {
    "iso8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip
_DECLARABLE = re.compile(r"cp(125\d|866|874|932|949)|iso8859-\d+|koi8-[ru]|gb18030|big5|euc_(jp|kr)|mac-(roman|cyrillic)|utf-8")
# What text without a declaration may be written in: the languages of the reader, and what else is common on the web.
_CANDIDATES = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "cp866", "iso8859_2", "iso8859_5",
    "iso8859_6", "mac_cyrillic", "gb18030", "big5", "cp932", "euc_jp", "cp949",
]  # fmt: skip
_LATIN = {"cp1252", "cp1250", "cp1254", "iso8859_2", "ascii"}
_CENTRAL = re.compile(r"[^\W\d_][¹³¿¼¾][^\W\d_]")
_NAMES = {"cp932": "shift_jis", "cp949": "euc-kr", "cp866": "cp866", "cp874": "windows-874"}

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_LETTERS = re.compile(rb"[\xc0-\xff]")
_FINAL_INSIDE = re.compile(rb"[\xea\xed\xef\xf3\xf5][\xe0-\xfa]")  # the Hebrew letters that only end words
_JUNK = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


class Decoded(NamedTuple):
    """Clean text and what its bytes were: ``utf-8``, ``windows-1251``, ``utf-8, mojibake repaired`` …"""

    text: str
    encoding: str


def decode(data: bytes, *, html: bool = False) -> Decoded:
    """The clean text of ``data``; a declared charset is heeded if it may be ``html``.

    Tried in turn: byte order mark, UTF-8, UTF-16 without mark, the declared charset, UTF-8 with a few broken bytes, detection.
    Raises InputError if most of it is no text in any encoding.
    """
    text, encoding = _decode_raw(data, html=html)
    _require_text(text)
    return clean(text, encoding)


def clean(text: str, encoding: str = "utf-8") -> Decoded:
    """``text`` as it may be stored: mojibake repaired, newlines ``\\n``, no controls, no lone surrogates."""
    text = _SURROGATES.sub("\ufffd", text.removeprefix("\ufeff"))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    text = _CONTROLS.sub("", text)
    repaired = _repair(text)
    if repaired == text:
        return Decoded(text, encoding)
    return Decoded(_CONTROLS.sub("", repaired), f"{encoding}, mojibake repaired")


def sniff_encoding(data: bytes) -> str:
    """The Python codec that fits ``data``, a sample of a longer stream that may end inside a character."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    wide = _wide_encoding(data)  # before UTF-8, as Cyrillic in UTF-16 happens to be valid UTF-8 too
    if wide:
        return wide
    return "utf-8" if _is_utf8(data) else _detect(data)


def decode_line(line: bytes, codec: str) -> str:
    """One line of a stream that is said to be in ``codec``: in UTF-8 if it is that, as joined files mix both."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        if codec != "utf-8":
            return line.decode(codec, "replace")
    broken = _broken_utf8(line)
    return broken.text if broken else line.decode(_detect(line), "replace")


def _decode_raw(data: bytes, *, html: bool) -> Decoded:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return Decoded(data[len(bom) :].decode(name, "replace"), name)
    wide = _wide_encoding(data)
    if wide:
        return Decoded(data.decode(wide, "replace"), wide)
    if _is_utf8(data):
        return Decoded(data.decode("utf-8", "replace"), "utf-8")
    declared = _declared_encoding(data) if html else None
    if declared and declared != "utf-8":
        return Decoded(data.decode(declared, "replace"), public_name(declared))
    broken = _broken_utf8(data)
    if broken is not None:
        return broken
    name = _detect(data)
    return Decoded(data.decode(name, "replace"), public_name(name))


def _is_utf8(data: bytes) -> bool:
    """Whether ``data`` is UTF-8, up to a character that its end cuts."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _broken_utf8(data: bytes) -> Decoded | None:
    """Text in UTF-8 of which some bytes are broken; None if it is rather in another encoding."""
    good = broken = 0
    for begin in range(0, len(data), _SAMPLE):  # piece by piece: findall makes a list
        piece = data[begin : begin + _SAMPLE]
        good += len(_MULTIBYTE.findall(piece))
        broken += piece.decode("utf-8", "replace").count("\ufffd") - piece.count(b"\xef\xbf\xbd")
    if not good or broken * 4 > good:
        return None
    return Decoded(data.decode("utf-8", "replace"), "utf-8, broken characters replaced")


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark shows in its spaces and line ends: 0x20 beside 0x00, always on the same side."""
    sample = data[: _SAMPLE // 4 * 4]
    if b"\0" not in sample:
        return None
    units = max(1, len(sample) // 2)
    for name, even, odd in (("utf-16-le", 0, 1), ("utf-16-be", 1, 0)):
        low, high = sample[even::2], sample[odd::2]
        spaces = sum(1 for a, b in zip(low, high, strict=False) if b == 0 and a in b" \n\r")
        zeros_where_none_belong = low.count(0)
        if spaces / units > 0.04 and zeros_where_none_belong / units < 0.01:
            return name
    return None


def _declared_encoding(data: bytes) -> str | None:
    found = _DECLARED.search(data[:8192])
    if not found:
        return None
    label = (found.group(1) or found.group(2)).decode("ascii", "replace")
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    name = _LABELS.get(name, name)
    return name if _DECLARABLE.fullmatch(name) else None


def _detect(data: bytes) -> str:
    """The single- or multi-byte codec of text that is not Unicode; cp1252, which fits nearly all, if nothing speaks."""
    from charset_normalizer import from_bytes  # slow to import, seldom needed

    first = _HIGH.search(data)
    sample = data[max(0, first.start() - 256 if first else 0) :][:_SAMPLE]
    best = from_bytes(sample, cp_isolation=_CANDIDATES, preemptive_behaviour=False).best()
    if best is None or best.encoding in _LATIN:
        return _latin(sample.decode("cp1252", "replace"))
    if best.encoding == "cp1251" and _is_hebrew(sample):
        return "cp1255"
    return best.encoding


def _is_hebrew(sample: bytes) -> bool:
    """Whether what looks like Cyrillic is Hebrew: only its 27 letters, and the final forms at the ends of words alone."""
    letters = _HIGH_LETTERS.findall(sample)
    return len(letters) > 5 and all(0xE0 <= letter[0] <= 0xFA for letter in letters) and not _FINAL_INSIDE.search(sample)


def _latin(text: str) -> str:
    """The codec of text that reads so as cp1252. A few accents tell a detector little, so Western Europe is the rule.

    Turkish shows where Icelandic letters stand without the accents of Icelandic, Central European where signs stand in words.
    """
    if _CENTRAL.search(text) or ("ì" in text and "ø" in text):
        return "cp1250"
    if set(text) & set("ðýþÐÝÞ") and not set(text) & set("áíúæ"):
        return "cp1254"
    return "cp1252"


def public_name(codec: str) -> str:
    """The name people know a codec by: ``windows-1251`` for ``cp1251``."""
    name = codecs.lookup(codec).name
    if name.startswith("cp125"):
        return f"windows-{name[2:]}"
    return _NAMES.get(name, name)


def _require_text(text: str) -> None:
    sample = text[:_SAMPLE]
    junk = len(_JUNK.findall(sample))
    if junk > 2 and junk / len(sample) > 0.05:
        raise InputError(
            f"expected text, found binary data: {junk:,} of the first {len(sample):,} characters are no text in any encoding"
        )


def _repair(text: str) -> str:
    """Undo mojibake ("Ã©" for "é") line by line, as dumps mix sound and broken pages. Nothing but encoding is repaired."""
    if text.isascii():
        return text
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    return "\n".join(line if line.isascii() or not is_bad(line) else fix_encoding(line) for line in text.split("\n"))
