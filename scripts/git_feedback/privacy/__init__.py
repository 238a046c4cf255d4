"""Personal data: found and masked in free text, sealed where it is needed.  It never lies in clear in Git."""

from git_feedback.privacy.contact import KINDS, Contact
from git_feedback.privacy.contacts import contacts
from git_feedback.privacy.hints import hint, is_masked
from git_feedback.privacy.masking import Masked, mask
from git_feedback.privacy.references import erased_source, reference
from git_feedback.privacy.sealing import BadRecipient, CannotUnseal, Sealed, Sealer

__all__ = [
    "KINDS",
    "BadRecipient",
    "CannotUnseal",
    "Contact",
    "Masked",
    "Sealed",
    "Sealer",
    "contacts",
    "erased_source",
    "hint",
    "is_masked",
    "mask",
    "reference",
]
