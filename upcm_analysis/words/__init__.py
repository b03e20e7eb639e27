"""The words everything else is said in: code lists, units, errors, and where the repository is."""
