"""The site is switched on at the host, and whoever is not meant to read it cannot."""

from collections.abc import Iterator

from git_feedback.jobs.examinations.ground import Finding, Ground, advice, broken


def examine(ground: Ground) -> Iterator[Finding]:
    """A site that nobody can open, a team's site that everybody can, an address that slips and labels lack."""
    automation = ground.policy.desk.automation
    if automation is None or automation.publish == "none":
        return
    if ground.policy.desk.host not in (None, "github") and not ground.policy.desk.site:
        yield advice("doctor-no-site-address")
    pages = ground.host.settings.pages() if ground.host else None
    if pages is None:
        return
    address = f"{ground.policy.desk.repository or ''}/settings/pages"
    if not pages.on:
        yield broken("doctor-pages-off", url=address)
    elif pages.public and automation.publish == "team":
        yield broken("doctor-pages-open", url=address)
