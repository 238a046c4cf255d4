"""Settings of a repository: what GitHub tells of them, and what stays unknown."""

from datetime import UTC, datetime

import pytest
from tests.hosts.settings_host import SettingsHost

from git_feedback.hosts import HostFailed
from git_feedback.hosts.settings import Night, Pages, settings_of

NOW = datetime(2026, 11, 20, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(("answer", "found"), [
    ((200, {"public": True}), Pages(True, True)), ((200, {"public": False}), Pages(True, False)),
    ((404, {}), Pages(False)), ((403, {}), None),
])  # fmt: skip
def test_the_site_is_on_or_off_or_nobody_may_know(answer: tuple[int, object], found: Pages | None) -> None:
    with SettingsHost(NOW, **{"/pages": answer}) as host:
        assert settings_of("github", "shop/desk", host.line).pages() == found


def test_the_night_tells_its_state_and_when_it_last_ran_well() -> None:
    with SettingsHost(NOW) as host:
        night = settings_of("github", "shop/desk", host.line).night("nightly.yml")
        assert night == Night("active", datetime(2026, 11, 20, 0, 17, tzinfo=UTC))
        assert night.is_active


@pytest.mark.parametrize(("told", "found"), [
    ((404, {}), Night("")), ((200, {"state": "disabled_inactivity"}), Night("disabled_inactivity")), ((403, {}), None),
])  # fmt: skip
def test_a_night_that_is_off_or_not_there_is_told_from_one_that_nobody_may_ask_for(
    told: tuple[int, object], found: Night | None
) -> None:
    none: dict[str, tuple[int, object]] = {"/actions/workflows/nightly.yml/runs": (200, {"workflow_runs": []})}
    with SettingsHost(NOW, **{"/actions/workflows/nightly.yml": told}, **none) as host:
        assert settings_of("github", "shop/desk", host.line).night("nightly.yml") == found


def test_secrets_are_those_of_the_repository_and_those_lent_to_it_by_name() -> None:
    own, lent = (200, {"secrets": [{"name": "WECOM"}, {"no": 1}, 7]}), (200, {"secrets": [{"name": "MAIL"}]})
    with SettingsHost(NOW, **{"/actions/secrets": own, "/actions/organization-secrets": lent}) as host:
        assert settings_of("github", "shop/desk", host.line).secrets() == frozenset({"WECOM", "MAIL"})
        host.told["/actions/organization-secrets"] = (404, {})
        assert settings_of("github", "shop/desk", host.line).secrets() == frozenset({"WECOM"})
        host.told["/actions/secrets"] = (403, {})
        assert settings_of("github", "shop/desk", host.line).secrets() is None


def test_a_token_that_is_refused_is_trouble_and_no_answer() -> None:
    with SettingsHost(NOW, **{"/pages": (401, {}), "/actions/secrets": (401, {})}) as host:
        for ask in (
            settings_of("github", "shop/desk", host.line).pages,
            settings_of("github", "shop/desk", host.line).secrets,
        ):
            with pytest.raises(HostFailed) as failed:
                ask()
            assert failed.value.code == "host-denied"


@pytest.mark.parametrize("kind", ["github", "gitlab", "gitea"])
def test_every_host_tells_the_time(kind: str) -> None:
    with SettingsHost(NOW, **{"/version": (200, {"version": "1"})}) as host:
        assert settings_of(kind, "shop/desk", host.line).time() == NOW


def test_of_other_hosts_nothing_but_the_time_is_asked() -> None:
    with SettingsHost(NOW) as host:
        settings = settings_of("gitlab", "shop/desk", host.line)
        assert (settings.pages(), settings.night("nightly.yml"), settings.secrets()) == (None, None, None)
        assert host.asked == []
