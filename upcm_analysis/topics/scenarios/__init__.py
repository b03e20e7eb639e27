"""The potential under scenarios: by R-strategy, with uncertainty and a path in time."""
