"""`recommendarr ...`, also as `python -m bot`."""

from __future__ import annotations

from bot.cli.app import run


def main() -> None:
    """The entry point of the console script."""
    run()


if __name__ == "__main__":
    main()
