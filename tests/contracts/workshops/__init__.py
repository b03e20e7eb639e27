"""Repair workshops: a topic as small as one can be, with all that a topic may have. A test adds it; its numbers are made up."""
