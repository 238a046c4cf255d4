"""The tables in real databases: the same values everywhere, replaced as a whole, and no password in any message."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.exports import database_servers as servers
from tests.exports.star_sample import LONG, NOW, TEXT, hostile
from tests.sample_desk import Sample, sample

from git_feedback.exports import TABLES, star, write
from git_feedback.exports.addresses import CannotWrite, shown, without_secrets
from git_feedback.exports.database import Database
from git_feedback.exports.shapes import shapes
from git_feedback.exports.star import Star


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    programs = servers.postgresql()
    if programs is None:
        pytest.skip("PostgreSQL is not installed on this machine")
    with servers.running_postgresql(programs) as address:
        yield address


@pytest.fixture(scope="module")
def mariadb() -> Iterator[str]:
    programs = servers.mariadb()
    if programs is None:
        pytest.skip("MariaDB is not installed on this machine")
    with servers.running_mariadb(programs) as address:
        yield address


@pytest.fixture(params=["postgresql", "mariadb"])
def address(request: pytest.FixtureRequest) -> str:
    pytest.importorskip({"postgresql": "psycopg", "mariadb": "pymysql"}[request.param])
    found: str = request.getfixturevalue(request.param)
    return found


def counted(address: str) -> dict[str, int]:
    return {table.name: servers.asked(address, f"select count(*) from feedback_{table.name}")[0][0] for table in TABLES}


def one_item(address: str) -> tuple[Any, ...]:
    statement = "select title, text, rating, received, latitude, in_backlog from feedback_items where id = '%s'"
    [found] = servers.asked(address, statement % hostile().id)
    return found


# ---- real servers ---------------------------------------------------------------------------------------------------


def test_values_arrive_as_they_are_whatever_signs_are_in_them(sample: Star, address: str) -> None:
    counts = write(sample, Database(address))
    title, text, rating, received, latitude, in_backlog = one_item(address)
    assert (title, text, rating) == (hostile().title, TEXT, None)
    there = received if received.tzinfo else received.replace(tzinfo=UTC)
    assert there == datetime.fromisoformat("2026-11-19T08:00:00+08:00")
    assert (latitude, bool(in_backlog)) == (31.230416, True)
    assert servers.asked(address, "select words from feedback_events where octet_length(words) > 60000") == [(LONG,)]
    assert counted(address) == counts


def test_running_twice_leaves_the_second_export_and_nothing_of_the_first(sample: Star, address: str) -> None:
    write(sample, Database(address))
    fewer = star(sample.standings[:5], sample.policy, NOW, "zh")
    assert write(fewer, Database(address)) == counted(address)
    assert counted(address)["items"] == 5


def test_who_reads_while_it_is_written_sees_what_was_there_before(sample: Star, address: str) -> None:
    before = write(sample, Database(address))
    fewer = star(sample.standings[:5], sample.policy, NOW, "zh")
    target = Database(address)
    target.prepare()
    with target.open() as put:
        assert counted(address) == before
        del put
    write(fewer, Database(address))
    assert counted(address)["items"] == 5


def test_an_export_that_breaks_off_changes_nothing(sample: Star, address: str) -> None:
    before = write(sample, Database(address))
    target = Database(address)
    target.prepare()
    with pytest.raises(RuntimeError), target.open():
        raise RuntimeError("power cut")
    assert counted(address) == before


def test_tables_of_somebody_else_are_left_alone(sample: Star, address: str) -> None:
    write(sample, Database(address))
    servers.asked(address, "drop table feedback_names")
    servers.asked(address, "create table feedback_names (mine int)")
    try:
        with pytest.raises(CannotWrite) as refused:
            write(sample, Database(address))
        assert refused.value.code == "export-other-table"
        assert servers.asked(address, "select * from feedback_names") == []
    finally:
        servers.asked(address, "drop table feedback_names")


def test_an_address_that_names_no_driver_finds_the_one_that_is_installed(sample: Star, address: str) -> None:
    kind, _, rest = address.partition("://")
    named = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql"}[kind]
    assert write(sample, Database(f"{named}://{rest}")) == write(sample, Database(address))


def test_a_wrong_password_is_one_line_that_does_not_tell_it(desk: Sample, address: str) -> None:
    ran = desk.run("export", "--to", address.replace(servers.QUOTED, "falsch%40geheim"), "--lang", "en")
    assert (ran.code, len(ran.err.strip().splitlines())) == (3, 1)
    assert "denied" in ran.err or "authentication failed" in ran.err
    assert "geheim" not in ran.err + ran.out


def test_who_may_not_make_tables_is_told_so(desk: Sample, postgresql: str) -> None:
    pytest.importorskip("psycopg")
    servers.asked(postgresql, "drop role if exists gast")
    servers.asked(postgresql, "create role gast login password 'besucher'")
    ran = desk.run("export", "--to", postgresql.replace(f"desk:{servers.QUOTED}", "gast:besucher"), "--lang", "en")
    assert ran.code == 3
    assert "permission denied" in ran.err
    assert "besucher" not in ran.err


# ---- without a server -----------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return sample_of(tmp_path_factory)


def sample_of(folders: pytest.TempPathFactory) -> Sample:
    return sample(folders.mktemp("desk"))


@pytest.mark.parametrize("kind", ["postgresql", "mysql"])
def test_a_server_that_is_not_there_is_one_line(desk: Sample, kind: str) -> None:
    pytest.importorskip({"postgresql": "psycopg", "mysql": "pymysql"}[kind])
    ran = desk.run("export", "--to", f"{kind}://gast:geheim@127.0.0.1:{servers.free_port()}/x", "--lang", "zh")
    assert (ran.code, len(ran.err.strip().splitlines())) == (3, 1)
    assert "数据库拒绝写入" in ran.err
    assert "geheim" not in ran.err


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://gast:geh@eim@host/x",
        "mysql://gast:geheim@host:port/x",
        "://geheim",
    ],
)
def test_an_address_that_cannot_be_read_is_wrong_usage_and_is_not_repeated(desk: Sample, address: str) -> None:
    ran = desk.run("export", "--to", address, "--lang", "en")
    assert (ran.code, len(ran.err.strip().splitlines())) == (2, 1)
    assert not any(part in ran.err for part in ("geh", "eim"))


def test_a_driver_that_is_missing_is_named_with_what_brings_it(desk: Sample) -> None:
    ran = desk.run("export", "--to", "mysql+mariadbconnector://gast:geheim@host/x", "--lang", "en")
    assert (ran.code, len(ran.err.strip().splitlines())) == (3, 1)
    assert 'pip install "git-feedback[mysql]"' in ran.err


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://gast:geheim@host:5432/x", "postgresql://***@host:5432/x"),
        ("postgresql://gast:g@h?eim@host/x?sslmode=require", "postgresql://***@host/x"),
        ("mysql://host/x?password=geheim", "mysql://host/x"),
        ("postgresql:///x", "postgresql:///x"),
    ],
)
def test_an_address_is_shown_without_what_is_secret(address: str, said: str) -> None:
    assert shown(address) == said


def test_a_driver_that_repeats_a_password_is_kept_from_it() -> None:
    address = "postgresql://gast:ge%40heim@host/x?password=zweites"
    assert without_secrets("no: ge@heim, ge%40heim, zweites", address) == "no: ***, ***, ***"


@pytest.mark.parametrize(
    ("kind", "there"),
    [
        (
            "postgresql",
            ("received TIMESTAMP WITH TIME ZONE", "latitude DOUBLE PRECISION", "is_late BOOLEAN", "text TEXT"),
        ),
        ("mysql", ("received DATETIME", "latitude DOUBLE", "text MEDIUMTEXT", "ENGINE=InnoDB", "CHARSET=utf8mb4")),
        ("sqlite", ("received DATETIME", "is_late BOOLEAN", "text TEXT")),
    ],
)
def test_columns_are_of_types_that_hold_what_they_say(kind: str, there: tuple[str, ...]) -> None:
    from sqlalchemy import MetaData
    from sqlalchemy.dialects import mysql, postgresql, sqlite
    from sqlalchemy.schema import CreateTable

    dialect = {"mysql": mysql, "postgresql": postgresql, "sqlite": sqlite}[kind].dialect()
    made = str(CreateTable(shapes(MetaData())["items"]).compile(dialect=dialect)).replace("`", "").replace('"', "")
    assert all(words in made for words in there), made
