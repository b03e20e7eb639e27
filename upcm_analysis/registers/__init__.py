"""The only readers of `data/`: sources, tables, corrections and assumptions."""
