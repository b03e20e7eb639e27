"""Building: what is stale, how notebooks run, and what is kept from one build to the next."""
