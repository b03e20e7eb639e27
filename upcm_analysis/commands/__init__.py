"""The commands on editions and publications; those that bring tables in, and those of a topic, stand with these."""
