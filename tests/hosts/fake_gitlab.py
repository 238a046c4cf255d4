"""GitLab as far as the desk asks: REST, version 4, with the quick actions that a note may hold."""

import re
from typing import Any

from tests.hosts.fake_state import COLOR, FakeComment, FakeIssue, Question, Reply, State, page, written

NOT_THERE = Reply(404, {"message": "404 Not found"})
_QUICK = re.compile(r"^/(close|reopen|assign|label|duplicate)\b.*\n?", re.MULTILINE)


def is_signed(headers: Any, token: str) -> bool:
    """Whether a request bears the token as this host wants it."""
    return token in (headers.get("PRIVATE-TOKEN"), headers.get("JOB-TOKEN"))


def answer(state: State, asked: Question) -> Reply:
    """What it says."""
    if asked.steps in (("user",), ("job",)):
        who = {"username": state.login}
        return Reply(value=who if asked.steps == ("user",) else {"id": 7, "user": who})
    if asked.steps[:2] != ("projects", state.repository):
        return NOT_THERE
    match asked.method, *asked.steps[2:]:
        case [_, "labels", *name]:
            return _labels(state, asked, name)
        case ["GET", "issues"]:
            words = asked.words
            found = state.listed(words.get("labels", ""), words.get("updated_after"))
            shown = found if words.get("sort") == "asc" else found[::-1]
            return page(state, asked, [issue(one) for one in shown])
        case [_, "issues", number, *rest]:
            there = state.issues.get(int(number))
            return _of_issue(state, asked, there, rest) if there and not there.pull else NOT_THERE
    return NOT_THERE


def _of_issue(state: State, asked: Question, one: FakeIssue, rest: list[str]) -> Reply:
    match asked.method, *rest:
        case ["GET"]:
            return Reply(value=issue(one))
        case ["PUT"]:
            return _put(state, asked, one)
        case ["GET", "notes"]:
            shown = one.comments if asked.words.get("sort") == "asc" else one.comments[::-1]
            return page(state, asked, [note(said) for said in shown])
        case ["POST", "notes"]:
            return _noted(state, one, asked.body.get("body", ""))
        case ["PUT", "notes", found]:
            there = state.comment_of(int(found))
            if there is None or there[0] is not one:
                return NOT_THERE
            there[1].body, there[1].changed = asked.body["body"], state.tick()
            return Reply(value=note(there[1]))
    return NOT_THERE


def _noted(state: State, one: FakeIssue, body: str) -> Reply:
    """A new note; the quick actions in it are done, and leave no words behind."""
    if not body.strip():
        return Reply(400, {"message": "400 (Bad request) body is missing"})
    if "/close" in [found[0].strip() for found in _QUICK.finditer(body)]:
        one.closed = True
    left = _QUICK.sub("", body)
    if not left.strip():
        return Reply(202, {"commands_changes": {}, "summary": ["Applied."]})
    return Reply(201, note(state.add_comment(one, state.login, left)))


def _put(state: State, asked: Question, one: FakeIssue) -> Reply:
    """Changes of an issue, each of which GitLab notes below it."""
    add, remove = (asked.body.get(name, "").split(",") for name in ("add_labels", "remove_labels"))
    state.bear(one, [name for name in add if name])
    one.labels = [name for name in one.labels if name not in remove]
    event = asked.body.get("state_event")
    if event in ("close", "reopen") and one.closed != (event == "close"):
        one.closed = event == "close"
        state.add_comment(one, state.login, "closed" if one.closed else "reopened", system=True)
    return Reply(value=issue(one))


def _labels(state: State, asked: Question, name: list[str]) -> Reply:
    facts = {
        "color": asked.body.get("color", COLOR).removeprefix("#"),
        "description": asked.body.get("description", ""),
    }
    match asked.method, *name:
        case ["GET"]:
            return page(state, asked, [_label(one, found) for one, found in state.labels.items()])
        case ["POST"] if asked.body["name"] in state.labels:
            return Reply(409, {"message": "Label already exists"})
        case ["POST"]:
            state.labels[asked.body["name"]] = facts
            return Reply(201, _label(asked.body["name"], facts))
        case ["PUT", known] if known in state.labels:
            state.labels[known] = facts
            return Reply(value=_label(known, facts))
    return NOT_THERE


def _label(name: str, facts: dict[str, str]) -> dict[str, Any]:
    return {"id": 1, "name": name, "color": f"#{facts['color']}", "description": facts["description"] or None}


def issue(one: FakeIssue) -> dict[str, Any]:
    """An issue as it is listed; its `id` counts all issues of all projects."""
    return {
        "id": 900_000 + one.number,
        "iid": one.number,
        "title": one.title,
        "description": one.body,
        "state": "closed" if one.closed else "opened",
        "author": {"username": one.login} if one.login else None,
        "labels": one.labels,
        "created_at": written(one.at).replace("Z", ".123Z"),
        "updated_at": written(one.changed).replace("Z", ".123Z"),
    }


def note(said: FakeComment) -> dict[str, Any]:
    """A note as it is listed."""
    return {
        "id": said.id,
        "body": said.body,
        "author": {"username": said.login} if said.login else None,
        "created_at": written(said.at).replace("Z", ".123+00:00"),
        "updated_at": written(said.changed).replace("Z", ".123+00:00"),
        "system": said.system,
        "internal": said.internal,
    }
