"""The commands that every publisher has: building, listing and previewing publications."""
