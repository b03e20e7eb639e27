"""Made-up data, which are said to be that wherever they show: in titles and across pictures."""

from factpress import charts
from factpress.texts import texts

WORDS = texts(__name__)


def marked(text: str, synthetic: bool, language: str) -> str:
    """Return a text, and before it that what it is about is made up where it is."""
    return WORDS[language]["marked"] + text if synthetic else text


def stamped(pictures: list[str], synthetic: bool, language: str) -> list[str]:
    """Return pictures, with a word across them where what they show is made up."""
    return [charts.stamped(one, WORDS[language]["stamp"]) for one in pictures] if synthetic else pictures
