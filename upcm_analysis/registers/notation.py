"""Numbers as Dutch publications print them: a point per thousand, a comma before decimals."""

import re

WHOLE = re.compile(r"[0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3})+")
DECIMAL = re.compile(r"([0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3})+),([0-9]+)")
ENGLISH = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+\.\d{1,2}|\d+\.\d{4,}|0\.\d+")


def number(text: str, decimals: int = 0) -> float:
    """The number that `text` prints with `decimals` decimals, in Dutch notation.

    Some sources leave out the point in a number of four digits; that is read too. Raises ValueError that says what is
    the matter: English notation, a negative number, another number of decimals, no number at all.

    >>> number("1.103"), number("1900"), number("5,8", decimals=1)
    (1103.0, 1900.0, 5.8)
    """
    if not text:
        raise ValueError("an empty cell")
    if decimals == 0 and WHOLE.fullmatch(text):
        return float(text.replace(".", ""))
    match = DECIMAL.fullmatch(text)
    if match and len(match.group(3)) == decimals:
        return float(text.replace(".", "").replace(",", "."))
    if ENGLISH.fullmatch(text):
        raise ValueError("English notation")
    if match or WHOLE.fullmatch(text):
        raise ValueError("another number of decimals")
    if re.fullmatch(r"[-−]\s*[\d.,]+", text):
        raise ValueError("a negative number")
    raise ValueError("not a number")
