"""What all topics speak: subjects, units, methods and the table of figures; and where the code lists of all of them lie."""

from pathlib import Path

from factpress import codelists

PACKAGE = Path(__file__).resolve().parents[1]
for folder in sorted([*PACKAGE.glob("*/codelists"), *PACKAGE.glob("topics/*/codelists")]):
    codelists.add(folder)
