"""Editions: what is on record of each, how two differ, and why."""
