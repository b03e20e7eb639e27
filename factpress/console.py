"""Where the command line writes: what was asked for to standard output, what went wrong to standard error."""

import sys

from rich.console import Console

#: Into a file or a pipe lines are broken at 120; in a terminal at its width.
WIDTH = None if sys.stdout.isatty() else 120
out = Console(highlight=False, width=WIDTH)
err = Console(stderr=True, highlight=False, soft_wrap=True)
