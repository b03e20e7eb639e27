"""The theme: colours, type and sizes of charts and pages, neutral on purpose. Change a house style here and in page.css."""

from functools import cache
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[1] / "assets"
FONT = "Feiten Sans"

INK = "#1B2430"
MUTED = "#5A6675"
RULE = "#C9D1DA"
PAPER = "#FFFFFF"
#: Behind and beside a remark that the reader must not miss.
SOFT, ACCENT = "#F2F5F8", "#F46A25"
#: This subject, all others, and the part of a whole that is the potential. Checked for 3:1 between neighbours.
HIGHLIGHT = "#12436D"
OTHER = "#8297AC"
PART = "#801650"
#: Light to dark, for rates on a map; the value is printed in each tile as well.
RAMP = ("#E4EDF4", "#B5CFE2", "#6FA3C7", "#12436D")

#: The width that charts are drawn for, in CSS pixels: they fit a phone unscaled and stand side by side on wider pages.
WIDTH = 350
SIZE = 12.5


@cache
def matplotlib_settings() -> dict:
    """Settings for Matplotlib: the shipped font, text as text, and nothing in the file that differs between runs."""
    from matplotlib import font_manager

    for path in sorted((ASSETS / "fonts").glob("*.ttf")):
        font_manager.fontManager.addfont(path)
    return {
        "font.family": FONT,
        "font.size": SIZE,
        "text.color": INK,
        "axes.edgecolor": RULE,
        "axes.labelcolor": MUTED,
        "xtick.color": MUTED,
        "ytick.color": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "svg.fonttype": "none",
        "svg.hashsalt": "upcm",
        "axes.unicode_minus": True,
    }
