"""What is sealed opens with the right key and no other, also for the programme `age`, and not at all once its key is gone."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from git_feedback.privacy import BadRecipient, CannotUnseal, Sealed, Sealer
from git_feedback.privacy.armor import is_sealed, stanzas
from git_feedback.privacy.sealing import (
    check_recipient,
    identities_in,
    new_identity,
    opened,
    public_of,
    resealed,
    unsealed,
)

SECRET, PUBLIC = new_identity()
OTHER, OTHER_PUBLIC = new_identity()
CONTACT = {"mobile": "13812345678", "original.text": "请打 13812345678\n找李雷"}
needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="the programme age is not installed")


def sealed(*recipients: str) -> Sealed:
    return Sealer(recipients or (PUBLIC,)).seal(CONTACT)


def why(block: str, keys: list[bytes], identities: list[str]) -> str:
    with pytest.raises(CannotUnseal) as cannot:
        unsealed(block, keys, identities)
    return cannot.value.code


def test_every_recipient_opens_what_was_sealed_to_both() -> None:
    made = sealed(PUBLIC, OTHER_PUBLIC)
    assert unsealed(made.block, [made.key], [SECRET]) == unsealed(made.block, [made.key], [OTHER]) == CONTACT


@settings(deadline=None, max_examples=20)
@given(st.dictionaries(st.text(max_size=8), st.text(max_size=40), max_size=4))
def test_whatever_was_sealed_comes_back_to_the_letter(secret: dict[str, str]) -> None:
    made = Sealer([PUBLIC]).seal(secret)
    assert unsealed(made.block, [made.key], [SECRET]) == secret


def test_each_sealing_has_a_key_of_its_own() -> None:
    one, two = sealed(), sealed()
    assert opened(one.key, [SECRET]) != opened(two.key, [SECRET])
    assert why(one.block, [two.key], [SECRET]) == "unseal-damaged"
    assert unsealed(one.block, [two.key, one.key], [OTHER, SECRET]) == CONTACT


def test_neither_the_block_nor_the_key_holds_a_word_in_clear() -> None:
    made = sealed()
    assert b"13812345678" not in made.block.encode() + made.key
    assert is_sealed(made.block)
    assert not made.block.endswith("\n")


def test_what_stays_closed_says_why() -> None:
    made = sealed()
    assert why(made.block, [], [SECRET]) == "unseal-no-key"
    assert why(made.block, [made.key], [OTHER]) == "unseal-wrong-identity"
    assert why(made.block, [made.key], []) == "unseal-no-identity"
    assert why(made.block, [made.key], ["AGE-SECRET-KEY-1NOTHING"]) == "unseal-bad-identity"
    lines = made.block.splitlines()
    lines[2] = lines[2][::-1]
    assert why("\n".join(lines), [made.key], [SECRET]) == "unseal-damaged"
    assert why("李雷", [made.key], [SECRET]) == "unseal-damaged"


def test_who_was_taken_off_the_list_opens_no_key_that_was_sealed_anew() -> None:
    made = sealed(PUBLIC, OTHER_PUBLIC)
    anew = resealed(made.key, [SECRET], [PUBLIC])
    assert unsealed(made.block, [anew], [SECRET]) == CONTACT
    assert why(made.block, [anew], [OTHER]) == "unseal-wrong-identity"


@pytest.mark.parametrize(
    "line",
    ["", "age1", "age1李雷", SECRET, "ssh-ed25519 AAAA", "ssh-dss AAAAB3NzaC1kc3MAAA", "李雷 13812345678"],
    ids=range(7),
)
def test_what_is_no_public_key_is_no_recipient(line: str) -> None:
    with pytest.raises(BadRecipient):
        check_recipient(line)
    with pytest.raises(BadRecipient):
        Sealer([PUBLIC, line])


def test_there_must_be_somebody_to_seal_to() -> None:
    with pytest.raises(BadRecipient):
        Sealer([])


def test_a_file_of_identities_is_read_as_age_keygen_writes_it() -> None:
    text = f"# created: 2026-11-22T09:00:00+08:00\n# public key: {PUBLIC}\n{SECRET}\n\n{OTHER}\n"
    assert identities_in(text) == [SECRET, OTHER]
    assert public_of(SECRET) == PUBLIC


@pytest.mark.parametrize(
    ("text", "code"),
    [("# 空的\n", "unseal-no-identity"), ("age-encryption.org/v1\n-> scrypt", "unseal-locked-identity"),
     ("-----BEGIN AGE ENCRYPTED FILE-----\n", "unseal-locked-identity"), ("AGE-SECRET-KEY-1XX\n", "unseal-bad-identity"),
     ("-----BEGIN OPENSSH PRIVATE KEY-----\n坏\n", "unseal-bad-identity")],
)  # fmt: skip
def test_a_file_that_holds_no_usable_identity_says_why(text: str, code: str) -> None:
    with pytest.raises(CannotUnseal) as cannot:
        identities_in(text)
    assert cannot.value.code == code


def test_the_form_of_an_age_file_is_known_without_a_key() -> None:
    block = sealed(PUBLIC, OTHER_PUBLIC).block
    assert is_sealed(block)
    assert is_sealed(block.replace("\n", "\r\n"))
    assert stanzas(sealed(PUBLIC, OTHER_PUBLIC).key.decode()) == 2
    lines = block.splitlines()
    for broken in (lines[1:], lines[:-1], lines[:2] + lines[-1:], [lines[0], "李雷", lines[-1]], []):
        assert not is_sealed("\n".join(broken))
        assert stanzas("\n".join(broken)) == 0


# ---- the programme --------------------------------------------------------------------------------------------------


def age(*words: str, stdin: bytes = b"") -> bytes:
    return subprocess.run(["age", *words], input=stdin, capture_output=True, check=True).stdout


@needs_age
def test_the_programme_age_opens_key_and_block(tmp_path: Path) -> None:
    mine, own = tmp_path / "我的.txt", tmp_path / "条目.txt"
    mine.write_text(f"{SECRET}\n", "utf-8")
    made = sealed()
    own.write_bytes(age("-d", "-i", str(mine), stdin=made.key))
    assert json.loads(age("-d", "-i", str(own), stdin=made.block.encode())) == CONTACT


@needs_age
def test_what_the_programme_age_sealed_opens_here(tmp_path: Path) -> None:
    own_secret, own_public = new_identity()
    block = age("-a", "-r", own_public, stdin=json.dumps(CONTACT).encode()).decode()
    for armour in (["-a"], []):
        key = age(*armour, "-r", PUBLIC, "-r", OTHER_PUBLIC, stdin=f"{own_secret}\n".encode())
        assert unsealed(block, [key], [OTHER]) == CONTACT


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
def test_a_key_of_ssh_does_as_well(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "id"
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "李雷@电脑", "-f", str(file)], check=True)
    made = sealed(file.with_suffix(".pub").read_text("utf-8").strip(), PUBLIC)
    assert unsealed(made.block, [made.key], identities_in(file.read_text("utf-8"))) == CONTACT
