"""Linked data as a file: JSON-LD, each thing on a line of its own."""

import json


def document(content: dict) -> bytes:
    """A document with a context and a graph. To indent it, Python would take as long as a page takes."""
    context, *things = (json.dumps(one, ensure_ascii=False) for one in (content["@context"], *content["@graph"]))
    graph = ",\n".join(things)
    return f'{{"@context": {context},\n"@graph": [\n{graph}\n]}}\n'.encode()
