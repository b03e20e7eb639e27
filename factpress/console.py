"""Where the command line writes, what was asked for to standard output and what went wrong to standard error; and how it ends.

Exit status: 0 done; 1 something failed and is named; 2 the call or the input is wrong.
"""

import errno
import os
import sys
from collections.abc import Callable

from rich.console import Console

from factpress.errors import PressError

#: Into a file or a pipe lines are broken at 120; in a terminal at its width.
WIDTH = None if sys.stdout.isatty() else 120
out = Console(highlight=False, width=WIDTH)
err = Console(stderr=True, highlight=False, soft_wrap=True)
#: What a disk says that does not take more.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES}


def run(app: Callable[[], object]) -> None:
    """Run a command line; what a user can mend ends in one message and a status, without a traceback."""
    try:
        app()
    except PressError as error:
        err.print(f"[bold red]{'input' if error.status == 2 else 'failed'}:[/] ", end="")
        err.print(str(error), markup=False)
        sys.exit(error.status)
    except BrokenPipeError:  # who reads this has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        err.print(f"failed: {error.strerror}: {error.filename or 'writing'}; what was finished stands", markup=False)
        sys.exit(1)
