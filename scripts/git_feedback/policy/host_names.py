"""What kind of Git host an address leads to, as far as its name tells."""

from urllib.parse import urlsplit

_SIGNS = {"github": "github", "gitlab": "gitlab", "gitea": "gitea", "forgejo": "gitea", "codeberg": "gitea"}
"""Parts of a host's name; Forgejo and the hosts that run it take what Gitea takes."""


def kind_of_name(name: str) -> str:
    """`github`, `gitlab` or `gitea` for the name of a host (`git.example.org`); empty where it tells nothing."""
    return next((kind for sign, kind in _SIGNS.items() if sign in name.casefold().split(".")), "")


def kind_of_address(address: str) -> str:
    """The same for an address with `https://`."""
    return kind_of_name(urlsplit(address).hostname or "")
