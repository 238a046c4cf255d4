"""Gitea as far as the desk asks: API version 1; labels by number, lists without the address of the next page."""

from typing import Any

from tests.hosts.fake_state import FakeComment, FakeIssue, Question, Reply, State, written

NOT_THERE = Reply(404, {"message": "The target couldn't be found."})
LARGEST_PAGE = 50


def is_signed(headers: Any, token: str) -> bool:
    """Whether a request bears the token as this host wants it."""
    return bool(headers.get("Authorization") == f"token {token}")


def answer(state: State, asked: Question) -> Reply:
    """What it says."""
    if asked.steps == ("user",):
        return Reply(value={"login": state.login})
    owner, name = state.repository.split("/")
    if asked.steps == ("orgs", owner, "labels"):
        return _page(state, asked, [_label(state, one) for one in state.of_owner]) if state.of_owner else NOT_THERE
    if asked.steps[:3] != ("repos", owner, name):
        return NOT_THERE
    match asked.method, *asked.steps[3:]:
        case [_, "labels", *number]:
            return _labels(state, asked, number)
        case ["GET", "issues"]:
            return _page(state, asked, [issue(state, one) for one in _listed(state, asked)])
        case ["GET", "issues", "comments"]:
            return _page(state, asked, _since(state, asked))
        case ["PATCH", "issues", "comments", found]:
            return _changed(state, asked, int(found))
        case [_, "issues", index, *rest]:
            there = state.issues.get(int(index))
            return _of_issue(state, asked, there, rest) if there else NOT_THERE
    return NOT_THERE


def _listed(state: State, asked: Question) -> list[FakeIssue]:
    """The newest first; a label that the repository does not know is no filter."""
    known = ",".join(one for one in asked.words.get("labels", "").split(",") if one in state.labels)
    pulls = asked.words.get("type") != "issues"
    return state.listed(known, asked.words.get("since"), pulls=pulls)[::-1]


def _page(state: State, asked: Question, rows: list[Any]) -> Reply:
    number, length = (
        int(asked.words.get("page", "1")),
        min(int(asked.words.get("limit", "30")), LARGEST_PAGE, state.a_page),
    )
    total = {"X-Total-Count": str(len(rows))} if state.tells_count else {}
    return Reply(value=rows[(number - 1) * length : number * length], headers=total)


def _of_issue(state: State, asked: Question, one: FakeIssue, rest: list[str]) -> Reply:
    match asked.method, *rest:
        case ["GET"]:
            return Reply(value=issue(state, one))
        case ["PATCH"]:
            one.closed, one.changed = asked.body.get("state", "open") == "closed", state.tick()
            return Reply(201, issue(state, one))
        case ["GET", "comments"]:
            rows = [comment(state, one, said) for said in one.comments]
            return Reply(value=rows, headers={"X-Total-Count": str(len(rows))} if state.tells_count else {})
        case ["POST", "comments"]:
            return Reply(201, comment(state, one, state.add_comment(one, state.login, asked.body["body"])))
        case ["POST", "labels"]:
            numbers = {_number(state, name): name for name in (*state.labels, *state.of_owner)}
            state.bear(one, [numbers[number] for number in asked.body["labels"]])
            return Reply(value=[_label(state, name) for name in one.labels])
        case ["DELETE", "labels", number]:
            one.labels = [name for name in one.labels if _number(state, name) != int(number)]
            return Reply(204)
    return NOT_THERE


def _changed(state: State, asked: Question, found: int) -> Reply:
    there = state.comment_of(found)
    if there is None:
        return NOT_THERE
    there[1].body, there[1].changed = asked.body["body"], state.tick()
    return Reply(value=comment(state, *there))


def _since(state: State, asked: Question) -> list[Any]:
    since = asked.words.get("since", "")
    found = [(one, said) for one in state.issues.values() for said in one.comments if written(said.changed) >= since]
    return [comment(state, *pair) for pair in found]


def _labels(state: State, asked: Question, number: list[str]) -> Reply:
    facts = {key: str(asked.body.get(key, "")).removeprefix("#") for key in ("color", "description")}
    match asked.method, *number:
        case ["GET"]:
            return _page(state, asked, [_label(state, one) for one in state.labels])
        case ["POST"] if not str(asked.body.get("color", "")).startswith("#"):
            return Reply(422, {"message": "bad color"})
        case ["POST"]:
            assert asked.body["name"] not in state.labels, "Gitea would have two labels of one name"
            state.labels[asked.body["name"]] = facts
            return Reply(201, _label(state, asked.body["name"]))
        case ["PATCH", known]:
            name = next((one for one in state.labels if _number(state, one) == int(known)), "")
            if name:
                state.labels[name] = facts
            return Reply(value=_label(state, name)) if name else NOT_THERE
    return NOT_THERE


def _number(state: State, name: str) -> int:
    return (
        [*state.labels, *state.of_owner].index(name) + 1 + 100 * (name in state.of_owner and name not in state.labels)
    )


def _label(state: State, name: str) -> dict[str, Any]:
    facts = state.labels.get(name, {"color": "ededed", "description": ""})
    return {"id": _number(state, name), "name": name, **facts}


def issue(state: State, one: FakeIssue) -> dict[str, Any]:
    """An issue as it is listed."""
    return {
        "id": 700_000 + one.number,
        "number": one.number,
        "title": one.title,
        "body": one.body or "",
        "state": "closed" if one.closed else "open",
        "user": {"login": one.login or "Ghost"},
        "labels": [_label(state, name) for name in one.labels],
        "created_at": written(one.at),
        "updated_at": written(one.changed),
        "pull_request": {"merged": False} if one.pull else None,
    }


def comment(state: State, one: FakeIssue, said: FakeComment) -> dict[str, Any]:
    """A comment as it is listed."""
    address = f"https://git.example/{state.repository}/{'pulls' if one.pull else 'issues'}/{one.number}"
    return {
        "id": said.id,
        "user": {"login": said.login or "Ghost"},
        "body": said.body,
        "created_at": written(said.at),
        "updated_at": written(said.changed),
        "issue_url": "" if one.pull else address,
        "pull_request_url": address if one.pull else "",
        "html_url": f"{address}#issuecomment-{said.id}",
    }
