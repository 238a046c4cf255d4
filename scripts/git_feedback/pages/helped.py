"""`Did this help`: a block below each article.  Nothing is sent from here.

What a reader answers is counted in the browser (`helped.js`) and saved as a file that `git feedback kb helped` takes in;
beside it stand links that a person opens: the host's form with the article named in it, a mail, or the page Submit.
"""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote, urlencode

from git_feedback.i18n import text
from git_feedback.intake import issue_form
from git_feedback.learning.helping import Effect
from git_feedback.pages.articles import FOLDER
from git_feedback.pages.prose import Prose
from git_feedback.pages.views.rendering import compiled
from git_feedback.pages.views.submit import ISSUE_FORM
from git_feedback.pages.views.submit_file import host_kind, host_of
from git_feedback.policy import Policy

_SAID = ("thanks-yes", "thanks-no", "kept", "count", "saved", "no-room")
"""What the script says, by code; its places stay places."""


class Way(NamedTuple):
    """A link that carries what did not help: where to, and what it is called; `is_away` leads to another site."""

    address: str
    words: str
    is_away: bool


def is_asked(path: str, page: Prose) -> bool:
    """Whether readers of a page are asked: it is an article, and one that holds."""
    return path.startswith(f"{FOLDER}/") and path != f"{FOLDER}/index.html" and page.holds


def block(policy: Policy, language: str, path: str, title: str, effect: Effect | None = None) -> str:
    """The block below the article of a built page; `effect` is told where it is given."""
    name = path.removeprefix(f"{FOLDER}/").removesuffix(".html")
    places = {"amount": "{amount}"}
    return compiled("helped.html", language).render(
        name=name,
        language=language,
        ways=ways(policy, language, name, title),
        said={code: text(f"helped-{code}", language, None, **places) for code in _SAID},
        told=_told(effect, language) if effect else (),
    )


def _told(effect: Effect, language: str) -> Sequence[str]:
    """What the article did, a sentence each; nothing where it did nothing yet."""
    closed = [text("helped-closed", language, effect.closed)] if effect.closed else []
    readers = [text("helped-readers", language, effect.yes, no=effect.no)] if effect.yes or effect.no else []
    return [*closed, *readers]


def ways(policy: Policy, language: str, name: str, title: str) -> list[Way]:
    """The links, the host's form first; the page Submit where the policy has neither host nor mail."""
    about = text("helped-issue-title", language, title=title)
    words = text("helped-issue-text", language, title=title, name=name) + "\n"
    host, repository = host_kind(policy), host_of(policy)
    found = []
    if host and repository and ISSUE_FORM in policy.channels:
        named = text(f"submit-host-{host}", language)
        found.append(Way(_issue(host, repository, about, words), text("helped-tell-host", language, host=named), True))
    if policy.desk.submit.mail:
        asked = urlencode({"subject": about, "body": words.replace("\n", "\r\n")}, quote_via=quote)
        address = f"mailto:{quote(policy.desk.submit.mail, safe='@')}?{asked}"
        found.append(Way(address, text("helped-tell-mail", language), False))
    return found or [Way("../submit.html", text("helped-tell-form", language), False)]


def _issue(host: str, repository: str, title: str, words: str) -> str:
    """A new issue with the words in it, as the host takes them; `addresses.js` names its pages about that."""
    page, asked = {
        "github": ("issues/new", {"template": issue_form.FILE, "title": title, "text": words}),
        "gitlab": ("-/issues/new", {"issue[title]": title, "issue[description]": words}),
        "gitea": ("issues/new", {"title": title, "body": words}),
    }[host]
    return f"{repository}/{page}?{urlencode(asked, quote_via=quote)}"
