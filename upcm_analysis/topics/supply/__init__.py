"""Security of supply: critical materials on the lists of the European Union, and how concentrated their production is."""
