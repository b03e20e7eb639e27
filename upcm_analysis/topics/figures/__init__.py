"""The published figures: what follows from them, the potential, and the checks."""
