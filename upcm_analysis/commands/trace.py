"""`upcm trace`: from a fact through its method to the printed numbers it rests on."""

from typing import Annotated

import typer
from rich.tree import Tree

from factpress.codelists import entries
from factpress.commands import chosen
from factpress.commands.options import Edition, Scenario, plain
from factpress.console import out
from factpress.editions import PUBLISHED
from factpress.errors import PartFailed
from factpress.provenance import Provenance
from upcm_analysis import pipeline
from upcm_analysis.registers import sources

app = typer.Typer()


@app.command()
def trace(
    fact: Annotated[str, typer.Argument(help="A fact id, such as co2_reduction_pct/province/zeeland.")],
    edition: Edition = None,
    scenario: Scenario = None,
) -> None:
    """Walk from a fact through its method to the printed numbers it rests on."""
    name = chosen.edition(edition, scenario)
    try:
        provenance = Provenance.read(pipeline.refresh(name))
    except PartFailed:  # a check fails, so no tables are written; where a number comes from is then asked all the more
        made = pipeline.assemble(name)
        provenance = Provenance(made.facts, made.cells, sources.register(), made.tables["methods"])
    out.print(_branch(provenance.trace(fact), provenance, set()))


def _branch(origin, provenance, shown: set) -> Tree:
    """A step of a trace as a tree: a fact with its method, or the cell of a source where the trace ends."""
    if origin.cell:
        cell = origin.cell
        source = provenance.sources.loc[cell["source"]]
        document = f"{source.short_title}, section {source.section}"
        tree = Tree(f"[bold]printed[/] {plain(cell['printed'])}  [dim]{plain(document)}[/]")
        number = f", number {cell['part']}" if cell["part"] > 1 else ""
        tree.add(f"row '{plain(cell['row'])}', column '{plain(cell['column'])}'{number}")
        tree.add(f"table '{source.table}', data/raw/{cell['source']}.csv, line {cell['line']}")
        if cell["correction"]:
            tree.add(f"corrected: {cell['correction']} (data/corrections.yml)")
        return tree
    fact = origin.fact
    interval = f" [{fact.low:.6g} to {fact.high:.6g}]" if fact.low != fact.high and fact.low == fact.low else ""
    value = f"{fact.sign} (no value)" if fact.unknown else f"{fact.value:.6g}"
    head = f"[bold]{fact.fact_id}[/] = {value} {fact.unit}  [dim]{fact.status}{plain(interval)}[/]"
    tree = Tree(head)
    if not fact.printed:
        tree.add(f"[dim]{fact.method}: {plain(provenance.methods[fact.method]['formula'])}[/]")
    if fact.scenario != PUBLISHED:
        tree.add(f"assumptions: the rows of scenario {fact.scenario} in data/assumptions.csv")
    for warning in fact.warnings:
        said = entries("warnings").get(warning, {}).get("text_en", "")
        tree.add(f"[yellow]warning: {warning}{said and f': {said}'}[/]")
    if fact.fact_id in shown:
        tree.add("[dim]as above[/]")
        return tree
    shown.add(fact.fact_id)
    for step in origin.inputs:
        tree.add(_branch(step, provenance, shown))
    return tree
