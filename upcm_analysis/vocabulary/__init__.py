"""What all topics speak: subjects, units, findings and the table of figures."""
