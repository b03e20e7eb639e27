"""What makes a page worth opening, counted: links, stops of the tab key, caveats, sentences that stand twice."""

import html as entities
import re
from collections import Counter

#: What is shown only where a reader asks for origins.
ON_DEMAND = re.compile(r'<div class="window".*?</div>|<p class="from">.*?</p>|<button class="origin".*?</button>', re.S)
STOP = re.compile(r'<(?:a|input|button|summary)\b|tabindex="0"')
TAG = re.compile(r"<[^>]+>")
#: A sentence has at least so many words; less is a label.
WORDS = 6


def body(page: str) -> str:
    """A page as it is first shown: without its style and what is shown on demand."""
    return ON_DEMAND.sub("", page.partition("<body")[2])


def links(page: str) -> int:
    """How many links a page has where origins are not shown."""
    return len(re.findall(r"<a\b", body(page)))


def first_stops(page: str) -> int:
    """How often the tab key stops above the end of the strip that says how certain a page is."""
    opening, strip, _ = body(page).partition('class="certainty"')
    return len(STOP.findall(opening)) if strip else 0


def caveats(page: str) -> int:
    """How many strips and repeated notes a page has beyond the first of each."""
    notes = Counter(TAG.sub("", one).strip() for one in re.findall(r'<span class="caveat">(.*?)</span>', page, re.S))
    return max(page.count('<aside class="certainty"') - 1, 0) + sum(count - 1 for count in notes.values())


def twice(page: str) -> list[str]:
    """The sentences of running text, lists and notes that stand more than once."""
    main = body(page).partition("<footer")[0]
    texts = re.findall(r"<(?:p|li)\b(?![^>]*(?:subtitle|aside|source))[^>]*>(.*?)</(?:p|li)>", main, re.S)
    said = [entities.unescape(TAG.sub("", text)) for text in texts if 'class="caveat"' not in text]
    found = Counter(
        sentence for text in said for sentence in re.split(r"(?<=[.!?])\s+", " ".join(text.split()))
        if len(sentence.split()) >= WORDS
    )  # fmt: skip
    return [sentence for sentence, count in found.items() if count > 1]


def key_figures(page: str) -> list[str]:
    """The facts that the key figures of a page tell."""
    return [
        fact
        for block in re.findall(r'<ul class="keyfigures".*?</ul>', page, re.S)
        for fact in re.findall(r'data-fact="([^"]+)"', block)
    ]
