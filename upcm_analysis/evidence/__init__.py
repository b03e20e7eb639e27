"""The evidence: registered sources and their corrections, read as cells. The only layer that opens `data/raw`."""
