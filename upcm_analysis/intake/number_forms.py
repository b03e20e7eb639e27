"""How numbers are written in delivered tables: their notation, signs, units and shares."""

import re
from decimal import Decimal

NOTATIONS = ("nl", "en")
SPACES = "\u00a0\u202f\u2009 "
#: Numbers whose notation is certain, and those that could be either; a sign and an operator are taken off before.
PLAIN = re.compile(r"\d+")
DUTCH = re.compile(r"\d{1,3}(\.\d{3}){2,}|\d{1,3}(\.\d{3})+,\d+|\d+,(\d{1,2}|\d{4,})|0,\d+|\d{4,},\d+")
ENGLISH = re.compile(r"\d{1,3}(,\d{3}){2,}|\d{1,3}(,\d{3})+\.\d+|\d+\.(\d{1,2}|\d{4,})|0\.\d+|\d{4,}\.\d+")
EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
SPACED = re.compile(rf"\d{{1,3}}([{SPACES}]\d{{3}})+([.,]\d+)?")
BEFORE = re.compile(r"((?:[<>≤≥]\s*)?[-+−]?)(.*)")
YEAR = re.compile(r"(19|20)\d\d(\s*\*{1,2})?")
MONTHS = "jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec"
#: What a spreadsheet makes of 5-8, 8/5 or 8.5.
DATELIKE = re.compile(
    rf"\d{{1,2}}[-/. ]({MONTHS})[a-z]*\.?([-/. ]\d{{2,4}})?|({MONTHS})[a-z]*[-/. ]\d{{2,4}}"
    r"|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|\d{4}-\d{2}-\d{2}",
    re.I,
)
UNIT = re.compile(
    r"%|procent|percent|pct|aantal(len)?|number|index.*|[x×] ?1[., ]?0{3}([., ]?0{3})?.*|1[. ]000 .*|"
    r"(mln|mld|mio|miljoen|miljard|million|billion|duizend|thousand)\b.*|euro|eur|€|kg|ton|kt|mt|kton|mton|kiloton|megaton|"
    r"kilogram|tj|pj|gj|mwh|gwh|kwh|m[²³23]|km[²2]|ha|fte|arbeidsjaren|banen|personen|uur|jaar",
    re.I,
)
#: How a cell says that it is a share, besides its number.
PERCENT = re.compile(r"(.*\d)\s*%")
MONEY = re.compile(r"(€|\$|£|EUR\b|USD\b|euro\b)\s*(\S.*)|(.*\d)\s*(€|\$|£|EUR|USD|euro)(?:,-)?", re.I)


def classified(text: str) -> str:
    """How a text is a number: `plain` without marks, certainly `nl` or `en`, `either`, or `other`."""
    rest = BEFORE.fullmatch(text)[2]
    if SPACED.fullmatch(rest):
        mark = re.search("[.,]", rest)
        return {".": "en", ",": "nl"}[mark[0]] if mark else "plain"
    if PLAIN.fullmatch(rest):
        return "plain"
    if DUTCH.fullmatch(rest):
        return "nl"
    if ENGLISH.fullmatch(rest):
        return "en"
    return "either" if EITHER.fullmatch(rest) else "other"


def in_dutch(text: str, notation: str) -> str:
    """A number in Dutch notation; spaces between thousands become points."""
    before, rest = BEFORE.fullmatch(text).groups()
    rest = rest.replace("\u2212", "-")
    if SPACED.fullmatch(rest):
        rest = re.sub(rf"[{SPACES}]", "", rest).replace(".", ",")
    elif notation == "en":
        rest = rest.translate(str.maketrans(".,", ",."))
    return before.replace("\u2212", "-") + rest


def value_of(text: str) -> Decimal | None:
    """The value of a number in Dutch notation; none where there is no number."""
    text = text.rstrip("*")
    return (
        Decimal(text.replace(".", "").replace(",", "."))
        if re.fullmatch(r"-?[\d.]+(,\d+)?", text) and text != "."
        else None
    )


def unit_of(name: str) -> str:
    """The unit that the name of a column says between brackets."""
    between = re.findall(r"\(([^()]*)\)", name)[::-1]
    return next((part.strip() for part in between if UNIT.fullmatch(part.strip())), "")
