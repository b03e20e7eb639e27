"""The forms of a project, and the sums that hold between the amounts of one."""

SHEET, PROGRESS = "sheet", "progress"
#: An amount of the progress report, and the amounts that it is the sum of; one with a minus is taken off.
SUMS = {"balance": ("granted", "-spent"), "lacking": ("needed", "-granted")}
