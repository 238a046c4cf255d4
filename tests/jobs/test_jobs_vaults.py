"""What intake seals opens for every recipient once its key is put away, and not before."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.sample_desk import PAYMENT, Sample, git, item, policy, sample

from git_feedback.jobs.vaults import Vault
from git_feedback.privacy import BadRecipient, reference
from git_feedback.privacy.sealing import new_identity, unsealed
from git_feedback.store import Keys
from git_feedback.store.keys import REF, name_of

SECRET, PUBLIC = new_identity()
ID = item(PAYMENT).id
CONTACT = {"mobile": "13812345678"}


@pytest.fixture
def desk(tmp_path: Path) -> Sample:
    return sample(tmp_path, PAYMENT)


def vault(desk: Sample, *recipients: str, ref_key: bytes | None = None) -> Vault:
    return Vault.of(replace(policy(), recipients=recipients), desk.git, ref_key)


def test_without_recipients_a_vault_is_shut_and_leaves_no_trace(desk: Sample) -> None:
    shut = vault(desk)
    assert not shut.is_open
    shut.put()
    assert git(desk.root, "for-each-ref", REF) == ""


def test_a_recipient_that_is_none_is_said_at_once(desk: Sample) -> None:
    with pytest.raises(BadRecipient):
        vault(desk, PUBLIC, "age1李雷")


def test_keys_are_put_away_all_at_once_and_open_what_was_sealed(desk: Sample) -> None:
    mine = vault(desk, PUBLIC)
    blocks = [mine.seal(ID, CONTACT), mine.seal(ID, {"text": "又来信"})]
    assert Keys(desk.git).of(ID) == []
    mine.put()
    keys = Keys(desk.git).of(ID)
    assert len(keys) == 2
    assert [unsealed(block, keys, [SECRET]) for block in blocks] == [CONTACT, {"text": "又来信"}]


def test_a_later_message_does_not_push_out_the_key_of_the_first(desk: Sample) -> None:
    first = vault(desk, PUBLIC)
    block = first.seal(ID, CONTACT)
    first.put()
    later = vault(desk, PUBLIC)
    later.seal(ID, {"text": "又来信"})
    later.put()
    later.put()
    assert name_of(ID) in Keys(desk.git).names()
    assert unsealed(block, Keys(desk.git).of(ID), [SECRET]) == CONTACT


def test_the_same_person_is_known_again_only_where_the_desks_secret_is(desk: Sample) -> None:
    assert vault(desk, PUBLIC).reference("13812345678") is None
    secret = b"0123456789abcdef"
    assert vault(desk, ref_key=secret).reference("138 1234 5678") == reference(secret, "13812345678")
