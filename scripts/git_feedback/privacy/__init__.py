"""Personal data in free text: found and masked.  Contact data never lies in clear in Git."""

from git_feedback.privacy.contact import KINDS, Contact
from git_feedback.privacy.contacts import contacts
from git_feedback.privacy.masking import Masked, mask

__all__ = ["KINDS", "Contact", "Masked", "contacts", "mask"]
