"""The site: which publications there are, and the pages around them."""
