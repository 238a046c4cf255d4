"""The site of a desk: the record read, its pages made, the builder run, everything stamped and merged."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TypeVar

from git_feedback.charts import Drawing, Life, Year
from git_feedback.desk import Standing
from git_feedback.i18n import LANGUAGES
from git_feedback.jobs import pairing
from git_feedback.jobs.advising import advice
from git_feedback.jobs.audiences import narrowed, readable
from git_feedback.jobs.drawing import remembering
from git_feedback.jobs.editions import editions, rules_source
from git_feedback.jobs.erasing import attached
from git_feedback.jobs.keeping import kept
from git_feedback.jobs.knowledge import helped_of, knowledge_of
from git_feedback.jobs.measuring import measures_of
from git_feedback.jobs.origins import origins
from git_feedback.jobs.passes import passes_of
from git_feedback.jobs.problems_known import problems_of_improving, records_of
from git_feedback.jobs.reading import Files, Progress, Whole, problems, quiet
from git_feedback.jobs.replying import replies
from git_feedback.jobs.second_process import Beside, Meanwhile
from git_feedback.jobs.standing_now import standing
from git_feedback.jobs.standing_still import Still
from git_feedback.jobs.training import article_versions, lessons_of, pages_by_hand
from git_feedback.learning.helping import effects
from git_feedback.pages import answers, finding, views
from git_feedback.pages.articles import articles
from git_feedback.pages.audience import TEAM, Audience
from git_feedback.pages.build import Built, build
from git_feedback.pages.handbook import PAGES as HANDBOOK
from git_feedback.pages.handbook import handbook as handbook_pages
from git_feedback.pages.handbook_chapters import taken
from git_feedback.pages.knowledge import shelf
from git_feedback.pages.life_pictures import life_pictures
from git_feedback.pages.page import Along, File, Issued, Page, Record
from git_feedback.pages.year_pictures import shown_years, year_pictures
from git_feedback.store import Desk, Git, plain_size

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Site:
    """A site that was built, and how many problems its page 'Needs repair' lists."""

    built: Built
    problems: int


def record(
    root: Path,
    found: Whole,
    now: datetime,
    *,
    fixed: bool,
    commit: str,
    audience: Audience = TEAM,
    progress: Progress = quiet,
    still: Still | None = None,
) -> Record:
    """Everything the site is made from, as of `now`, as far as the audience may see it."""
    wrong = [*problems(found, progress), *problems_of_improving(root, found, now)]
    stands = still.standings(found.items, found.policy, now) if still else standing(found, now)
    there = knowledge_of(root).articles
    found_here = Record(
        policy=found.policy,
        standings=stands,
        problems=wrong,
        measures=measures_of(root).all,
        problem_records=records_of(root).all,
        training=lessons_of(root).sound(wrong),
        versions=article_versions(root),
        passes=passes_of(root).sound(wrong),
        by_hand=pages_by_hand(plain_files(root)),
        issued=issued(root),
        now=now,
        fixed=fixed,
        commit=commit,
        origins=origins(root, found.policy),
        attachments=came_along(root, found),
        audience=audience,
        helped=effects(there, stands, helped_of(root).by_path.values()),
        editions=editions(root, there, found.items),
        digests={subject.item.id: sha256(subject.source).hexdigest() for subject in found.subjects},
    )
    return narrowed(found_here)


def came_along(root: Path, found: Files) -> dict[str, Along]:
    """The files that items name and that are here, by path below feedback/."""
    there: dict[str, Along] = {}
    for path in sorted({path for item in found.items for path in attached(item)}):
        lies, name = root / path, path.removeprefix("feedback/")
        size = plain_size(lies)
        if size is not None:
            there[name] = Along(name, size, lies)
    return there


def issued(root: Path) -> list[Issued]:
    """The issued reports, by period."""
    by_period: dict[str, dict[str, bytes]] = {}
    for path, content in Desk(root).sources("reports").items():
        parts = path.split("/")
        if len(parts) == 4 and parts[1].isdigit():
            by_period.setdefault(parts[2], {})[parts[3]] = content
    return [Issued(period, files) for period, files in sorted(by_period.items())]


def site(
    root: Path,
    found: Whole,
    now: datetime,
    out: Path,
    *,
    fixed: bool,
    strict: bool,
    audience: Audience = TEAM,
    choice: str | None = None,
    progress: Progress = quiet,
    still: Still | None = None,
    index_as_left: bool = False,
) -> Site:
    """Build the site of a desk into `out / "site"` for an audience, with the builder of its policy or of `choice`.

    `still` knows where items stood before; `index_as_left` leaves the index of words as it was made last.
    Raises BuildFailed, GitFailed.
    """
    commit = Git(root).head()[:10]
    read = record(root, found, now, fixed=fixed, commit=commit, audience=audience, progress=progress, still=still)
    looked_up = finding.files(read, out, as_left=index_as_left)
    with Meanwhile(lambda: list(looked_up)) as index:
        whole_record = _looked_at(root, found, read, out)
        built = _built(root, found, whole_record, out, index, strict=strict, choice=choice)
    return Site(built, len(whole_record.problems))


def _built(
    root: Path,
    found: Whole,
    whole_record: Record,
    out: Path,
    index: Meanwhile[list[File | Along]],
    *,
    strict: bool,
    choice: str | None,
) -> Built:
    """The site, made of the record and of what people wrote for it; the index is asked for last."""
    audience = whole_record.audience
    written = readable(plain_files(root), audience, found.items)
    sources = {**written, **made_pages(root, whole_record, remembering(out / "drawn"))}
    suggested = File(answers.PATH, answers.answers(written, outside=audience.is_public))
    chosen = choice or found.policy.desk.builder
    here, there = _in_two(whole_record.standings)
    with Beside(lambda: _of_desk(whole_record)) as desk:
        return build(
            whole_record,
            sources,
            out,
            chain(views.of_items(whole_record, here), _when_done(lambda: desk.result()[0])),
            chain([suggested], _when_done(lambda: desk.result()[1]), _when_done(index.result)),
            strict=strict,
            choice=chosen,
            more=views.of_items(whole_record, there),
            begin=Beside,
        )


def _in_two(standings: Sequence[Standing]) -> tuple[Sequence[Standing], Sequence[Standing]]:
    """Items whose pages are made here, and those whose pages may be made at the same time."""
    middle = len(standings) // 2
    return standings[:middle], standings[middle:]


def _of_desk(whole_record: Record) -> tuple[list[Page], list[File | Along]]:
    """The pages about many items, and the files beside them."""
    return list(views.of_desk(whole_record)), list(views.files(whole_record))


def _when_done(result: Callable[[], Sequence[Found]]) -> Iterator[Found]:
    """What is made meanwhile, asked for last."""
    yield from result()


def _looked_at(root: Path, found: Whole, read: Record, out: Path) -> Record:
    """The record with what takes looking at many things: likeness, advice, how it was kept; the public gets articles."""
    if read.audience.is_public:
        return replace(read, articles=articles(readable(plain_files(root), read.audience, found.items)))
    with Beside(lambda: pairing.problems(read.standings, found.policy, read.now)) as recurring:
        looked = replace(
            read,
            kept=kept(Git(root), found.policy, found.subjects, out / "kept.json"),
            pairs=pairing.pairs(read.standings, found.policy, read.now),
            advice=advice(root, found.policy, read.standings, out / "advice.json"),
            articles=articles(plain_files(root)),
            replies=replies(read.standings, found.policy, read.now),
        )
        return narrowed(replace(looked, recurring=recurring.result()))


def plain_files(root: Path) -> dict[str, bytes]:
    """What people wrote for the site, by path from the top: only files that Git keeps as plain ones may pass.

    A symlink would publish what it points to, wherever that lies.  Where a page is made, none of theirs can stand.
    """
    listing = Git(root).run("ls-files", "-s", "-z", "--", "site", "mkdocs.yml", "mkdocs.zh.yml")
    known = [row.partition("\t")[2] for row in listing.split("\0") if row.startswith("100644 ")]
    there = (path for path in known if (root / path).is_file() and not (root / path).is_symlink())
    made = taken(HANDBOOK)
    return {path: (root / path).read_bytes() for path in there if path not in made}


def made_pages(root: Path, whole_record: Record, draw: Callable[[Year | Life, str], Drawing]) -> dict[str, bytes]:
    """Team-safe pages that are made: the handbook from policy, with pictures of years and life; the list of articles."""
    made: dict[str, bytes] = {}
    if whole_record.audience.is_public:
        return made
    written = plain_files(root)
    years, source = shown_years(whole_record.policy, whole_record.now), rules_source(Git(root))
    for language in LANGUAGES:
        shown, pictures = year_pictures(years, language, draw)
        lived, stations = life_pictures(language, draw)
        chapters = whole_record.by_hand.get(language, {})
        handbook = handbook_pages(whole_record.policy, language, shown, lived, source, chapters)
        made |= {f"site/pages/{language}/{path}": text.encode() for path, text in handbook.items()}
        made |= {f"site/pages/{language}/{path}": svg for path, svg in {**pictures, **stations}.items()}
        index = f"site/pages/{language}/knowledge/index.md"
        if index not in written:
            made[index] = shelf(written, language).encode()
    return made
