"""The press: facts to words, charts and blocks, to documents, to a site with its metadata."""
