"""`recommendarr ...`, also as `python -m bot`."""

from __future__ import annotations

import os


def main() -> None:
    """The entry point of the console script."""
    # Read by numpy's linear algebra when it is loaded. The products behind an answer are small: splitting one over
    # processors costs more than it gains, and ten times as much when several people ask at once.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from bot.cli.app import run  # noqa: PLC0415 - after the setting above

    run()


if __name__ == "__main__":
    main()
