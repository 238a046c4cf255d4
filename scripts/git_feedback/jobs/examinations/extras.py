"""What the policy asks for is installed: else `build`, `report` or `check` stop on the day they are needed."""

from collections.abc import Iterator
from importlib.util import find_spec

from git_feedback.jobs.examinations.ground import Finding, Ground, broken
from git_feedback.pages.builder import BuildFailed, choose
from git_feedback.pages.finding import is_installed

_CHARTS = ("matplotlib", "pylopdf_fonts_zh_cn")


def examine(ground: Ground) -> Iterator[Finding]:
    """A builder, a search, the charts and their Chinese letters."""
    if find_spec("jinja2") is None:
        yield broken("doctor-no-extra", extra="site")
    else:
        try:
            choose(ground.policy.desk.builder)
        except BuildFailed:
            yield broken("doctor-no-extra", extra="site")
    if ground.policy.desk.search == "pagefind" and not is_installed():
        yield broken("doctor-no-extra", extra="search")
    if any(find_spec(name) is None for name in _CHARTS):
        yield broken("doctor-no-extra", extra="charts")
