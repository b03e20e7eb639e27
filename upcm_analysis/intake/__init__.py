"""Bringing tables in: recognise, report and add them, also from StatLine and workbooks."""
