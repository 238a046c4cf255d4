"""What intake needs to keep a secret: public keys, a place for the items' own keys, and the secret of references."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from git_feedback.policy import Policy
from git_feedback.privacy import Sealer, reference
from git_feedback.store import Git, Keys
from git_feedback.store.keys import name_of


@dataclass
class Vault:
    """Seals contact data, and puts the keys away all at once: before the items that need them are committed."""

    keys: Keys
    sealer: Sealer | None
    ref_key: bytes | None
    _new: dict[str, bytes] = field(default_factory=dict)
    _known: set[str] | None = None

    @classmethod
    def of(cls, policy: Policy, git: Git, ref_key: bytes | None) -> "Vault":
        """The vault of a desk.  Raises BadRecipient for a recipient that is none."""
        return cls(Keys(git), Sealer(policy.recipients) if policy.recipients else None, ref_key)

    @property
    def is_open(self) -> bool:
        """Whether there is anybody to seal to."""
        return self.sealer is not None

    def seal(self, item_id: str, secret: Mapping[str, str]) -> str:
        """The sealed block; its key waits for `put`.  Only an open vault seals."""
        assert self.sealer is not None
        made = self.sealer.seal(secret)
        first = name_of(item_id)
        name = name_of(item_id, made.key) if first in self._new or first in self._there() else first
        self._new[name] = made.key
        return made.block

    def _there(self) -> set[str]:
        """Names that are taken, looked up once."""
        if self._known is None:
            self._known = set(self.keys.names())
        return self._known

    def reference(self, contact: str) -> str | None:
        """By what the same person is known again; None without the desk's secret."""
        return reference(self.ref_key, contact) if self.ref_key else None

    def put(self) -> None:
        """Write all keys that wait.  Raises GitFailed; they wait on then."""
        self.keys.put(self._new)
        self._there().update(self._new)
        self._new.clear()
