"""Says in one sentence what a fresh machine lacks before the environment is made. Runs on any Python 3."""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Recommendarr needs Python 3.11 or newer, and this is {}.{}; name another with make PYTHON=python3.12.".format(
            *sys.version_info[:2]
        )
    )
try:
    import ensurepip  # noqa: F401
    import venv  # noqa: F401
except ImportError:
    sys.exit("Python's venv module is missing: on Debian, run `apt install python3-venv` and try again.")
