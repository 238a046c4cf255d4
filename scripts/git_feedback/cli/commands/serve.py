"""`serve`: the site on this machine, as it changes."""

import gc
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import Thread

import click

from git_feedback.cli.commands.build import Place, built, choosing
from git_feedback.cli.session import Session, common, this_moment
from git_feedback.cli.site_server import HERE, Site, Trouble
from git_feedback.cli.trouble import USAGE, Stop
from git_feedback.i18n import LANGUAGES, text
from git_feedback.jobs import building
from git_feedback.jobs.reading import NoPolicy
from git_feedback.jobs.serving import Shelf, Stamps, beside, stamps
from git_feedback.jobs.standing_still import Still
from git_feedback.model import Problem
from git_feedback.pages.builder import BuildFailed
from git_feedback.pages.shell import NoArticle
from git_feedback.store import GitFailed

EVERY_S = 0.2
SHARE = 20
"""Looking takes at most a twentieth of the time: a desk of very many files is looked at less often."""
SETTLED_S = 0.03
LARGE = 1000
"""With more items the index of words is made when nothing was saved for a while: it takes longer than all pages."""
QUIET_S = 3.0


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8321, show_default=True, help="0 takes any free one.")
@click.option("--no-build", is_flag=True, help="Show what was built, and watch nothing.")
@choosing
@common
def command(session: Session, port: int, no_build: bool, builder: str | None) -> int:
    """Show the site on this machine only, until Ctrl-C; what is saved meanwhile is shown at once.

    Builds it first where nothing is built.  With --now every build is as of that moment, else of its own.
    Stops with 3 where there is nothing to show.
    """
    out = session.root / "build"
    there = (out / "site" / "index.html").is_file()
    if no_build and not there:
        raise Stop("no-site", language=session.language)
    with suppress(KeyboardInterrupt):
        if not there:
            session.say("serving-builds")
            built(session, Place(session.root, session.desk, out), strict=False, choice=builder)
        with _served(session, out / "site", port) as site:
            _wait() if no_build else Watch(session, out, builder, site).go_on()
    session.say("stopped")
    return 0


@contextmanager
def _served(session: Session, folder: Path, port: int) -> Iterator[Site]:
    """The folder, served as long as this lasts; prints where."""
    try:
        site = Site(folder, port)
    except OSError as error:
        raise Stop("port-taken", USAGE, session.language, port=port, reason=error.strerror or str(error)) from None
    serving = Thread(target=site.serve_forever, kwargs={"poll_interval": 0.1}, name="site")
    with site:
        serving.start()
        click.echo(session.words("serving", address=f"http://{HERE}:{site.port}/"))
        sys.stdout.flush()
        try:
            yield site
        finally:
            site.news.end()
            site.shutdown()
            serving.join()


def _wait() -> None:
    while True:
        time.sleep(3600)


class Watch:
    """Looks again and again at what the site is made from, and builds it anew when something was saved."""

    def __init__(self, session: Session, out: Path, choice: str | None, site: Site) -> None:
        self._session, self._out, self._choice, self._site = session, out, choice, site
        self._shelf = Shelf(session.root)
        self._beside = beside(session.git)
        self._seen: Stamps = {}
        self._broken: tuple[Problem, ...] = ()
        self._still = Still()
        self._index_since: float | None = None
        """Since when the index of words is older than the pages."""

    def go_on(self) -> None:
        """Until somebody ends it."""
        while True:
            started = time.monotonic()
            found = self._stamps()
            took = time.monotonic() - started
            if found != self._seen:
                self._seen = self._settled(found)
                self._renew()
            elif self._index_since is not None and started - self._index_since > QUIET_S:
                self._renew(index=True)
            time.sleep(max(EVERY_S, took * SHARE))

    def _stamps(self) -> Stamps:
        return stamps(self._session.root, self._beside)

    def _settled(self, found: Stamps) -> Stamps:
        """What lies there once nobody writes any more: some editors empty a file before they fill it."""
        while True:
            time.sleep(SETTLED_S)
            again = self._stamps()
            if again == found:
                return found
            found = again

    def _renew(self, *, index: bool = False) -> None:
        """Build anew; what keeps the site from it is said here and on the pages, and the site stays as it was."""
        started, now = time.monotonic(), self._session.now if self._session.fixed else this_moment()
        try:
            site = self._built(now, index=index)
        except (NoPolicy, BuildFailed, NoArticle, GitFailed, OSError) as failed:
            trouble = _trouble(failed)
            self._site.news.tell(newer=False, trouble=trouble)
            self._line("serving-old-site", problem=trouble[self._session.language])
            return
        if index:
            return  # no page says anything else
        changed = site.built.written + site.built.removed
        self._site.news.tell(newer=bool(changed))
        if changed:
            seconds = f"{time.monotonic() - started:.1f}"
            self._line("serving-rebuilt", n=changed, seconds=seconds)

    def _built(self, now: datetime, *, index: bool) -> building.Site:
        found = self._shelf.whole(self._seen, now)
        later = not index and len(found.subjects) > LARGE
        self._index_since = time.monotonic() if later else None
        if not gc.get_freeze_count():
            gc.freeze()  # what was read stays: looking through it again and again would take a fifth of the time
        self._name(found.broken)
        return building.site(
            self._session.root,
            found,
            now,
            self._out,
            fixed=self._session.fixed,
            strict=False,
            choice=self._choice,
            still=self._still,
            index_as_left=later,
        )

    def _name(self, broken: Iterable[Problem]) -> None:
        """Say what is newly broken, each with its place; the page that needs repair lists it all."""
        for problem in broken:
            if problem not in self._broken:
                self._line("serving-repair", problem=problem.said(self._session.language))
        self._broken = tuple(broken)

    def _line(self, code: str, n: int | None = None, **values: object) -> None:
        self._session.say(code, n=n, at=this_moment().strftime("%H:%M:%S"), **values)


def _trouble(failed: Exception) -> Trouble:
    """What keeps the site from being built, in one line of each language."""
    return {language: _said(failed, language) for language in LANGUAGES}


def _said(failed: Exception, language: str) -> str:
    if isinstance(failed, NoPolicy):
        return failed.problems[0].said(language)
    if isinstance(failed, BuildFailed):
        return text(failed.code, language, None, **failed.values)
    if isinstance(failed, NoArticle):
        return text("site-no-article", language)
    return text("serving-stuck", language, None, reason=str(failed))
