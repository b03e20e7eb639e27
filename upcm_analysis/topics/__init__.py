"""The topics, a folder each: sources, methods, how they are joined, and blocks."""
