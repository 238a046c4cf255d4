"""`serve` shows a site that is there."""

from pathlib import Path

from tests.sample_desk import sample


def test_serve_stops_when_nothing_is_built_and_says_how(tmp_path: Path) -> None:
    done = sample(tmp_path).run("serve", "--port", "0", "--lang", "en")
    assert done.code == 3
    assert "git feedback build" in done.err
