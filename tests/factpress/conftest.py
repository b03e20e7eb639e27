"""The repository of another subject is built by a test; its notebooks are none to be run by themselves."""

collect_ignore = ["other_publisher"]
