"""GitHub as far as the desk asks: REST, version 2022-11-28."""

from typing import Any

from tests.hosts.fake_state import COLOR, FakeComment, FakeIssue, Question, Reply, State, page, written

NOT_THERE = Reply(404, {"message": "Not Found"})
ACTIONS = "github-actions[bot]"


def is_signed(headers: Any, token: str) -> bool:
    """Whether a request bears the token as this host wants it."""
    return bool(headers.get("Authorization") == f"Bearer {token}" and headers.get("X-GitHub-Api-Version"))


def answer(state: State, asked: Question) -> Reply:
    """What it says."""
    if asked.steps == ("user",):
        refused = Reply(403, {"message": "Resource not accessible by integration"})
        return refused if state.login.endswith("[bot]") else Reply(value={"login": state.login})
    if asked.steps == ("graphql",):
        return Reply(value={"data": {"viewer": {"login": state.login}}}) if state.has_graphql else NOT_THERE
    if asked.steps[:3] != ("repos", *state.repository.split("/")):
        return NOT_THERE
    match asked.method, *asked.steps[3:]:
        case [("GET" | "POST" | "PATCH"), "labels", *name]:
            return _labels(state, asked, name)
        case ["GET", "issues"]:
            words = asked.words
            found = state.listed(words.get("labels", ""), words.get("since"), pulls=True)
            is_shown = words.get("state") == "all"
            return page(state, asked, [issue(state, one) for one in found if is_shown or not one.closed])
        case ["GET", "issues", "comments"]:
            return page(state, asked, _since(state, asked))
        case ["PATCH", "issues", "comments", found]:
            return _changed(state, asked, int(found))
        case [_, "issues", number, *rest]:
            there = state.issues.get(int(number))
            return _of_issue(state, asked, there, tuple(rest)) if there else NOT_THERE
    return NOT_THERE


def _of_issue(state: State, asked: Question, one: FakeIssue, rest: tuple[str, ...]) -> Reply:
    match asked.method, *rest:
        case ["GET"]:
            return Reply(value=issue(state, one))
        case ["PATCH"]:
            one.closed = asked.body.get("state", "open") == "closed"
            one.changed = state.tick()
            return Reply(value=issue(state, one))
        case ["GET", "comments"]:
            return page(state, asked, [comment(state, one, said) for said in one.comments])
        case ["POST", "comments"]:
            if not asked.body.get("body", "").strip() or len(asked.body["body"]) > 65_536:
                return Reply(422, {"message": "Validation Failed"})
            return Reply(201, comment(state, one, state.add_comment(one, state.login, asked.body["body"])))
        case ["POST", "labels"]:
            state.bear(one, asked.body["labels"])
            return Reply(value=[{"name": name} for name in one.labels])
        case ["DELETE", "labels", name]:
            if name not in one.labels:
                return Reply(404, {"message": "Label does not exist"})
            one.labels.remove(name)
            one.changed = state.tick()
            return Reply(value=[{"name": name} for name in one.labels])
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
    return [comment(state, *pair) for pair in sorted(found, key=lambda pair: pair[1].changed)]


def _labels(state: State, asked: Question, name: list[str]) -> Reply:
    if asked.method == "GET":
        return page(state, asked, [{"name": one, **facts} for one, facts in state.labels.items()])
    facts = {"color": asked.body.get("color", COLOR), "description": asked.body.get("description", "")}
    known = {one.casefold(): one for one in state.labels}
    given = (name[0] if name else asked.body["name"]).casefold()
    if asked.method == "POST" and given in known:
        return Reply(422, {"message": "Validation Failed", "errors": [{"code": "already_exists"}]})
    if asked.method == "PATCH" and given not in known:
        return NOT_THERE
    state.labels.pop(known.get(given, ""), None)
    state.labels[asked.body.get("new_name") or asked.body["name"]] = facts
    return Reply(201 if asked.method == "POST" else 200, {"name": given, **facts})


def issue(state: State, one: FakeIssue) -> dict[str, Any]:
    """An issue as it is listed."""
    return {
        "number": one.number,
        "title": one.title,
        "body": one.body,
        "state": "closed" if one.closed else "open",
        "user": {"login": one.login} if one.login else None,
        "labels": [{"name": name, **state.labels.get(name, {})} for name in one.labels],
        "created_at": written(one.at),
        "updated_at": written(one.changed),
        **({"pull_request": {"url": "x"}} if one.pull else {}),
    }


def comment(state: State, one: FakeIssue, said: FakeComment) -> dict[str, Any]:
    """A comment as it is listed."""
    kind = "pull" if one.pull else "issues"
    return {
        "id": said.id,
        "user": {"login": said.login} if said.login else None,
        "body": said.body,
        "created_at": written(said.at),
        "updated_at": written(said.changed),
        "issue_url": f"https://api.github.example/repos/{state.repository}/issues/{one.number}",
        "html_url": f"https://github.example/{state.repository}/{kind}/{one.number}#issuecomment-{said.id}",
    }
