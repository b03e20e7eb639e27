"""Another subject than that of this repository: the faces, edges and vertices of the five Platonic solids."""

from pathlib import Path

from factpress.home import LISTS

LISTS.append(Path(__file__).parent / "codelists")
