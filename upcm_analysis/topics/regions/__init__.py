"""Product groups and clusters in provinces: bounds, estimates, and what may be released."""
