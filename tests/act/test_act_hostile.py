"""An issue that tries everything: nothing of it runs, nothing of it is followed, and all of it stands in the item."""

from pathlib import Path

import pytest
from tests.act.happenings import INTAKE, filled_in, of_issue, opens
from tests.act.stand_in import StandIn
from tests.sample_desk import git

SHELL = ("$(touch {0})", "`touch {0}`", '"; touch {0}; #', "'; touch {0}; '", "| touch {0}", "&& touch {0}")
COMMANDS = (
    "::set-output name=site::success",
    "::add-path::/tmp/evil",
    "  ::error file=policy/desk.yml,line=1::改掉它",
    "##[error]改掉它",
    "words ##[set-env name=PATH]/tmp/evil",
    "%0A::stop-commands::x",
)
EXPRESSIONS = ("${{{{ secrets.GITHUB_TOKEN }}}}", "${{{{ github.token }}}}", "$GITHUB_TOKEN", "${{GITHUB_TOKEN}}")
MARKUP = ("<script>fetch('//evil.example')</script>", "<img src=x onerror=alert(1)>", "{{{{ 7*7 }}}}", "{{% raw %}}")
YAML = ("history:", "- close: {{at: 2026-11-20T11:05:00+08:00, by: he.miao}}", "--- !!python/object/apply:os.system")
TURNED = "\u202e倒过来\u2066 \u2028换行 \u0085换行"


def _all(witness: Path) -> list[str]:
    return [one.format(witness) for one in (*SHELL, *EXPRESSIONS, *MARKUP, *YAML)] + [*COMMANDS, TURNED]


def _left_nothing(hub: StandIn, witness: Path) -> None:
    """What no run may leave behind."""
    (ran,) = hub.ran
    assert not witness.exists()
    assert ran.commands == []
    assert hub.host.token not in ran.told + git(hub.bare, "log", "--all", "-p") + str(hub.host.told)
    assert hub.clone().run("check").code == 0


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_body_full_of_tricks_is_only_text(hub: StandIn, tmp_path: Path, end: str) -> None:
    witness = tmp_path / "ran"

    ran = opens(hub, body=filled_in(text=end.join(_all(witness)), device="$(id)"))

    assert ran.code == 0, ran.printed()
    _left_nothing(hub, witness)
    item = hub.item()
    lines = (item.text or "").split("\n")
    assert [one for one in _all(witness)[:-1] if one not in lines] == []
    assert "\u202e倒过来\u2066 [U+2028]换行 [U+0085]换行" in lines
    assert item.device == "$(id)"


TITLES = (*SHELL[:2], EXPRESSIONS[0], *COMMANDS[:5:2], MARKUP[0])


@pytest.mark.parametrize("title", TITLES, ids=range(len(TITLES)))
def test_a_title_full_of_tricks_is_only_a_title(hub: StandIn, tmp_path: Path, title: str) -> None:
    witness = tmp_path / "ran"
    title = title.format(witness)

    ran = opens(hub, title)

    assert ran.code == 0, ran.printed()
    _left_nothing(hub, witness)
    assert hub.item().title[:100] == " ".join(title.split())[:100]


def test_a_title_of_many_lines_is_one_line_and_no_command(hub: StandIn, tmp_path: Path) -> None:
    ran = opens(hub, "支付\n::add-mask::支付\r##[debug]x\u2028::error::y")

    assert ran.code == 0, ran.printed()
    _left_nothing(hub, tmp_path / "ran")
    title = hub.item().title
    assert title.startswith("支付 ::add-mask::支付")
    assert "\n" not in title


def test_a_refusal_never_repeats_a_strangers_words_as_a_command(hub: StandIn) -> None:
    told: dict[str, object] = {
        "created_at": "::error::x\n::add-path::/tmp/evil",
        "title": "##[error]x",
        "number": "::error::x",
    }
    told |= {"user": {"login": "::error::x"}, "labels": [{"name": "feedback"}]}

    ran = hub.happens("issues", of_issue("opened", told), INTAKE)

    assert (ran.code, ran.commands) == (1, [])
