"""Signs in delivered tables that lead to a note, and the notes."""

import re

#: Signs that lead to a note: raised, or set apart by a bracket.
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
NOTE_SIGN = rf"[{RAISED}]+[)⁾]?|\(?\d\)|\([a-z]\)|(?<![a-z])[a-z]\)|[†‡]"
BEHIND = re.compile(rf"(.*?\S)\s*([{RAISED}]+[)⁾]?|[†‡])|(.*?\S)\s+({NOTE_SIGN})|(.*[^\W\d_])(\d\))")
NOTE = re.compile(rf"({NOTE_SIGN}|\*{{1,2}}|[{RAISED}])\s*(\S.*)")
MARKS = re.compile(
    rf"(?:{NOTE_SIGN}|\*|©|(?:bron|source|noot|note|toelichting|verklaring|explanation|opmerking)\b)", re.I
)


def plain_sign(sign: str) -> str:
    """A sign that leads to a note, however it is written: `¹⁾` is `1)`."""
    return re.sub(r"[()⁽⁾]", "", sign.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")))
