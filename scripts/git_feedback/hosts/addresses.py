"""What the address of a repository tells: the kind of its host, the repository's name there, where its API is.

An API's address is told for the well-known hosts alone: whoever can change an address in a file must not be able to say
where a token goes.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from git_feedback.policy.host_names import kind_of_name

_APIS: Mapping[str, str] = {
    "github.com": "https://api.github.com",
    "gitlab.com": "https://gitlab.com/api/v4",
    "gitea.com": "https://gitea.com/api/v1",
    "codeberg.org": "https://codeberg.org/api/v1",
}
_BY_SSH = re.compile(r"(?:[\w.-]+@)?([\w.-]+\.[\w.-]+|localhost):(?!//)(.*)")


def kind_of(address: str | None) -> str:
    """`github`, `gitlab` or `gitea` as the host's name has it; empty where the name tells nothing."""
    return kind_of_name(_host(address))


def repository_of(address: str | None, kind: str) -> str:
    """`owner/name`, on GitLab with all groups; empty where there is none."""
    steps = [step for step in _path(address).removesuffix(".git").split("/") if step]
    if len(steps) < 2:
        return ""
    return "/".join(steps if kind == "gitlab" else steps[-2:])


def api_of(address: str | None, kind: str) -> str:
    """The address of the API of a well-known host; empty for others.  Without an address GitHub means github.com."""
    name = _host(address)
    api = _APIS.get(name or ("github.com" if kind == "github" else ""), "")
    return api if kind_of(f"https://{urlsplit(api).hostname}") == kind else ""


def _host(address: str | None) -> str:
    text = (address or "").strip()
    by_ssh = _BY_SSH.fullmatch(text)
    if by_ssh:
        return by_ssh[1].casefold()
    try:
        return (urlsplit(text).hostname or "").casefold()
    except ValueError:
        return ""


def _path(address: str | None) -> str:
    text = (address or "").strip().removesuffix("/")
    by_ssh = _BY_SSH.fullmatch(text)
    if by_ssh:
        return by_ssh[2]
    try:
        return urlsplit(text).path
    except ValueError:
        return ""
