"""The items' own keys, each sealed to whoever may read it, beside the record: one ref, one commit without a parent.

What such a commit does not hold is in no history, so a key that is taken out can be got rid of.  The tree has a folder
for each month, so that a change writes few objects however many keys there are.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from git_feedback.model import ids
from git_feedback.store.repository import Git, GitFailed

REF = "refs/feedback/keys"
REF_KEY = "ref-key.age"
"""The secret by which the same person is known again, sealed like the keys."""
_NAME = re.compile(r"(?P<shelf>[A-Z]{1,4}[0-9]{4})/(?P<item>[A-Z]{1,4}[0-9]{6}-[0-9A-Z]{7})(?:\.[0-9a-f]{8})?\.age")
_NOBODY = "git-feedback <git-feedback@localhost> 0 +0000"
_NO_KEYS = ("refs/heads/", "refs/tags/", "refs/remotes/", "refs/notes/")
_TRIES = 20


class KeysMoved(GitFailed):
    """Somebody else wrote keys again and again in between."""

    def __init__(self) -> None:
        super().__init__(f"{REF} is written by somebody else all the time")


def name_of(item_id: str, key: bytes | None = None) -> str:
    """Where the first key of an item lies; with `key`, where that further one lies."""
    further = f".{sha256(key).hexdigest()[:8]}" if key is not None else ""
    return f"{item_id.partition('-')[0][:-2]}/{item_id}{further}.age"


def item_of(name: str) -> str | None:
    """The item whose key lies under a name; None for anything else."""
    found = _NAME.fullmatch(name)
    return (
        found["item"] if found and name.startswith(name_of(found["item"])[:-4]) and ids.is_id(found["item"]) else None
    )


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that this clone has.  Every writing is one step, whole or not at all, and finds out what came between."""

    git: Git

    # ---- what is there ----------------------------------------------------------------------------------------------

    def commit(self) -> str:
        """The commit that holds them; empty where there are none."""
        with suppress(GitFailed):
            return self.git.run("rev-parse", "--verify", "--quiet", REF).strip()
        return ""

    def names(self, commit: str | None = None) -> dict[str, str]:
        """Every name and the id of what lies there, in the order of names; of another commit than now's, if given."""
        at = self.commit() if commit is None else commit
        if not at:
            return {}
        return _listed(self.git.run("ls-tree", "-r", "-z", "--full-tree", at))

    def of(self, item_id: str) -> list[bytes]:
        """The keys of an item, the first one first."""
        return list(self._contents({name for name in self.names() if item_of(name) == item_id}).values())

    def all(self) -> Mapping[str, bytes]:
        """What lies under every name."""
        return self.git.contents(self.names())

    def ref_key(self) -> bytes | None:
        """The sealed secret of references; None where there is none."""
        return self._contents({REF_KEY}).get(REF_KEY)

    def _contents(self, wanted: set[str]) -> Mapping[str, bytes]:
        found = {name: blob for name, blob in self.names().items() if name in wanted}
        order = sorted(found, key=lambda name: (len(name), name))
        return self.git.contents({name: found[name] for name in order})

    # ---- writing ----------------------------------------------------------------------------------------------------

    def put(self, new: Mapping[str, bytes]) -> None:
        """Put all of it under its names.  Raises GitFailed, KeysMoved."""
        if new:
            blobs = self.written(new)
            self.change(lambda there: {**there, **blobs})

    def remove(self, item_id: str) -> list[str]:
        """Take out every key of an item, from this clone's objects too; gives the ids of those that are still in it."""
        gone = [blob for name, blob in self.names().items() if item_of(name) == item_id]
        self.change(lambda there: {name: blob for name, blob in there.items() if item_of(name) != item_id})
        return self.forget(gone)

    def replace(self, all_of_them: Mapping[str, bytes], commit: str) -> list[str]:
        """These instead of those of `commit`; gives the ids of what is still in this clone of those.

        Raises GitFailed where `commit` is not what holds the keys now.
        """
        before = self.names(commit)
        blobs = self.written(all_of_them)
        self.move(self.tree(blobs), commit)
        return self.forget(before.values())

    def written(self, contents: Mapping[str, bytes]) -> dict[str, str]:
        """The ids of contents, which Git has from now on; each in a file of its own, so that it can be deleted."""
        lines: list[bytes] = []
        for number, content in enumerate(contents.values(), 1):
            lines += b"blob\nmark :%d\ndata %d\n" % (number, len(content)), content, b"\nget-mark :%d\n" % number
        apart = f"fastimport.unpackLimit={len(contents) + 1}"
        answer = self.git.run("-c", apart, "fast-import", "--quiet", stdin=b"".join(lines))
        return dict(zip(contents, answer.split(), strict=True))

    def change(self, wanted: Callable[[Mapping[str, str]], Mapping[str, str]]) -> None:
        """Let the ref hold what `wanted` makes of what it holds; asked again when somebody else came between."""
        for _ in range(_TRIES):
            with suppress(GitFailed):
                before = self.commit()
                there = self.names(before)
                then = wanted(there)
                if then != there:
                    self.move(self.tree(then, there, before), before)
                return
        raise KeysMoved

    def move(self, tree: str, before: str) -> None:
        """Let the ref hold a tree, if it still holds `before` (empty: nothing).  Raises GitFailed."""
        made = self._committed(tree)
        if made != before:
            self.git.run("update-ref", "--no-deref", REF, made, before or "0" * len(made))
            self.discard(before)

    def _committed(self, tree: str) -> str:
        """The commit without a parent, without who and when: the same keys give the same commit."""
        raw = f"tree {tree}\nauthor {_NOBODY}\ncommitter {_NOBODY}\n\nKeys of items\n".encode()
        return self.git.run("hash-object", "-t", "commit", "-w", "--stdin", stdin=raw).strip()

    def tree(self, wanted: Mapping[str, str], there: Mapping[str, str] | None = None, before: str = "") -> str:
        """The tree of these names; folders in which nothing changed are taken from `before`, which holds `there`."""
        known = self._folders(before)
        old = _by_folder(there or {})
        rows = []
        for folder, names in _by_folder(wanted).items():
            if not folder:
                rows += [f"100644 blob {blob}\t{name}" for name, blob in names.items()]
            elif folder in known and names == old.get(folder):
                rows.append(f"040000 tree {known[folder]}\t{folder}")
            else:
                made = self._made(f"100644 blob {blob}\t{name}" for name, blob in names.items())
                rows.append(f"040000 tree {made}\t{folder}")
        return self._made(rows)

    def _made(self, rows: Iterable[str]) -> str:
        return self.git.run("mktree", "-z", stdin="".join(f"{row}\0" for row in rows).encode()).strip()

    def _folders(self, commit: str) -> dict[str, str]:
        return _listed(self.git.run("ls-tree", "-d", "-z", "--full-tree", commit)) if commit else {}

    # ---- getting rid ------------------------------------------------------------------------------------------------

    def discard(self, commit: str) -> None:
        """Delete the commit and the folders that nothing needs any more; what they name stays."""
        if commit and commit != self.commit():
            with suppress(GitFailed):
                tree = self.git.run("rev-parse", f"{commit}^{{tree}}").strip()
                mine = {commit, tree, *self._folders(commit).values()}
                self._delete(mine - self._needed())

    def forget(self, blobs: Iterable[str]) -> list[str]:
        """Delete from this clone what no ref of it holds; gives the ids of what is still there."""
        wanted = set(blobs) - set(self.names().values())
        if not wanted:
            return []
        with suppress(GitFailed):
            self.git.run("reflog", "expire", "--expire=now", "--expire-unreachable=now", REF)
        left = self._delete(wanted - self._needed())
        if left:
            # Packed with others: what nothing reaches gets a file of its own, and that can be deleted.
            self.git.run("repack", "-A", "-d", "--quiet")
            self._delete(left)
        return self._present(wanted)

    def _needed(self) -> set[str]:
        """Objects of our kind that any ref holds which is no branch and no tag."""
        listing = self.git.run("for-each-ref", "--format=%(refname) %(objectname)")
        found = set()
        for name, _, commit in (line.partition(" ") for line in listing.splitlines()):
            if not name.startswith(_NO_KEYS):
                rows = self.git.run("ls-tree", "-r", "-t", "-z", "--full-tree", commit)
                tree = self.git.run("rev-parse", f"{commit}^{{tree}}").strip()
                found |= {commit, tree, *_listed(rows).values()}
        return found

    def _delete(self, objects: Iterable[str]) -> set[str]:
        """Delete the files of objects; gives those that are there all the same, in a pack."""
        folder = Path(self.git.folder, self.git.run("rev-parse", "--git-path", "objects").rstrip("\n"))
        listed = set(objects)
        for one in listed:
            (folder / one[:2] / one[2:]).unlink(missing_ok=True)
        return set(self._present(listed))

    def _present(self, objects: Iterable[str]) -> list[str]:
        """Those of the objects that this clone has."""
        asked = "".join(f"{one}\n" for one in sorted(objects)).encode()
        answer = self.git.run("cat-file", "--batch-check=%(objectname)", stdin=asked)
        return [line for line in answer.split("\n")[:-1] if not line.endswith(" missing")]


def _listed(rows: str) -> dict[str, str]:
    """Names and ids of `git ls-tree -z`."""
    parted = (row.partition("\t") for row in filter(None, rows.split("\0")))
    return {name: facts.split(" ")[2] for facts, _, name in parted}


def _by_folder(names: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The names in each folder; those at the top under the empty one."""
    found: dict[str, dict[str, str]] = {}
    for name, blob in names.items():
        folder, _, rest = name.rpartition("/")
        found.setdefault(folder, {})[rest] = blob
    return found
