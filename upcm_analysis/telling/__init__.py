"""The telling: facts, wording, charts, tables and blocks. Takes facts and says them; calculates nothing."""
