"""Topics: one folder a subject of the programme, and one line here. A topic is built from what those above it made."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

TOPICS = (
    "figures",
    "regions",
    "scenarios",
    "programme",
    "functions",
    "supply",
    "editions",
)  # fmt: skip


def part(topic: str, name: str) -> ModuleType | None:
    """Return the module of a topic with this name, such as `build`; None where the topic has none.

    It is loaded only now: who reads tables need not load what calculates them.
    """
    module = f"{__name__}.{topic}.{name}"
    return import_module(module) if find_spec(module) else None


def parts(name: str) -> dict[str, ModuleType]:
    """Return the modules with this name, by topic, of all topics that have one."""
    return {topic: module for topic in TOPICS if (module := part(topic, name))}
