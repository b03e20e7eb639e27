"""What all topics speak: code lists, units, and the table of figures."""
