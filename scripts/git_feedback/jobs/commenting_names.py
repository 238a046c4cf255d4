"""Who and what is meant by the names in a comment: people, departments and categories as people call them."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from git_feedback.policy import Policy
from git_feedback.policy.files import Person
from git_feedback.text import fold

_LONGEST = 4
"""Words of a name that is written with spaces."""
_NAMED = re.compile(r"[@＠]?[^\s,，、;；@＠]+")
_AROUND = ".。!！:：()（）"
Names = dict[str, set[str]]
"""What somebody or something may be called, and the ids of all who are."""


class Unclear(Exception):
    """A name that nobody has, or more than one: the code of its words and their values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def by_login(policy: Policy, login: str) -> Person | None:
    """Whose login on the host that is; capitals make no difference."""
    wanted = login.casefold()
    return next((one for one in policy.people.values() if wanted and (one.login or "").casefold() == wanted), None)


def assigned(policy: Policy, words: str) -> dict[str, Any]:
    """The department, the owner and the helpers that `@lin.wan, @ji.nan` or `payments` names.

    The first person owns; without a department it is that person's.  Raises Unclear.
    """
    people, departments = _people(policy), _departments(policy)
    found = [_one(written, people, departments) for written in _pieces(words, people, departments)]
    persons = [one for one in found if one in policy.people]
    there = list(dict.fromkeys(one for one in found if one not in policy.people))
    if len(there) > 1:
        raise Unclear("slash-two-departments", found=tuple(there))
    department = there[0] if there else policy.people[persons[0]].department
    owner, helpers = (persons[0], tuple(dict.fromkeys(persons[1:]))) if persons else (None, ())
    return {
        "department": department,
        **({"owner": owner} if owner else {}),
        **({"helpers": helpers} if helpers else {}),
    }


def departments(policy: Policy, words: str) -> tuple[str, ...]:
    """The departments that are named.  Raises Unclear."""
    known = _departments(policy)
    return tuple(dict.fromkeys(_one(written, known) for written in _pieces(words, known)))


def category(policy: Policy, words: str) -> str:
    """The category of an id, of its last part, or of a name.  Raises Unclear."""
    known: Names = {}
    for one in policy.categories.values():
        for name in (one.id, one.id.rpartition("/")[2], one.name.en, one.name.zh):
            known.setdefault(_key(name), set()).add(one.id)
    exact = _key(words) in {_key(one) for one in policy.categories}
    return words.strip().lower() if exact and words.strip().lower() in policy.categories else _one(words, known)


# ---- names ----------------------------------------------------------------------------------------------------------


def _key(name: str) -> str:
    return re.sub(r"[\s·・]+", "", fold(name))


def _people(policy: Policy) -> Names:
    """By `@login`, id and both names; a login is no other's id, for it is written with its sign."""
    found: Names = {}
    for one in policy.people.values():
        names = [one.id, one.name.en, one.name.zh, *([one.login] if one.login else [])]
        for name in names:
            found.setdefault(_key(name), set()).add(one.id)
    for one in policy.people.values():
        found[_key(one.id)] = {one.id}
    for one in policy.people.values():
        if one.login:
            found[f"@{_key(one.login)}"] = {one.id}
    return found


def _departments(policy: Policy) -> Names:
    found: Names = {}
    for one in policy.departments.values():
        for name in (one.id, one.name.en, one.name.zh, *one.was):
            found.setdefault(_key(name), set()).add(one.id)
    return found


def _pieces(words: str, *known: Names) -> Iterator[str]:
    """The names one by one; those with spaces are put together as far as somebody is called so."""
    left = [one.strip(_AROUND) or one for one in _NAMED.findall(words)]
    if not left:
        raise Unclear("slash-no-such-name", given=words.strip()[:60] or "-", near=_near("", known))
    while left:
        count = next((n for n in range(min(_LONGEST, len(left)), 1, -1) if _ids(" ".join(left[:n]), known)), 1)
        yield " ".join(left[:count])
        left = left[count:]


def _ids(written: str, known: Iterable[Names]) -> set[str]:
    """Whose name it is; after `@` a login counts before all other names."""
    sign, bare = written[:1] in ("@", "＠"), _key(written.lstrip("@＠"))
    for names in known if sign else ():
        if f"@{bare}" in names:
            return names[f"@{bare}"]
    return set().union(*(names.get(bare, set()) for names in known)) if bare else set()


def _one(written: str, *known: Names) -> str:
    found = _ids(written, known)
    if len(found) == 1:
        return next(iter(found))
    if found:
        raise Unclear("slash-several-so-called", given=written[:60], found=tuple(sorted(found)))
    raise Unclear("slash-no-such-name", given=written[:60], near=_near(written, known))


def _near(written: str, known: Iterable[Names]) -> tuple[str, ...]:
    """Ids of those whose names are like it; where none is, all there are to choose from."""
    names = {name: ids for one in known for name, ids in one.items()}
    alike = get_close_matches(_key(written.lstrip("@＠"))[:40], names, n=3, cutoff=0.5)
    found = alike or names
    return tuple(sorted(set().union(*(names[one] for one in found))))
