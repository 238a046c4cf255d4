"""`chat-menu` and `import chat`, as a person uses them."""

import json
from pathlib import Path

from tests.sample_desk import sample

from git_feedback.model import Item
from git_feedback.privacy.sealing import new_identity
from git_feedback.store import Desk


def test_a_menu_is_printed_and_what_was_chosen_in_it_classifies_the_item(tmp_path: Path) -> None:
    root = tmp_path / "desk"
    root.mkdir()
    desk = sample(root)
    (root / "policy/recipients.txt").write_text(new_identity()[1] + "\n", encoding="utf-8")
    desk.commit()
    menu = desk.run("chat-menu", "--language", "zh")
    assert menu.code == 0 and menu.out.startswith("请问是哪一类？请回复数字或名称：\n1 支付与账单\n2 故障\n")
    assert json.loads(desk.run("chat-menu", "--language", "en", "--format", "json").out)["menu"].startswith(
        "What is it about?"
    )
    file = tmp_path / "聊天记录.txt"
    file.write_text(
        f"机器人 2026-11-20 10:31\n{menu.out}\n小雨天 2026-11-20 10:32\n2\n小雨天 2026-11-20 10:33\n一打开就闪退\n",
        encoding="utf-8",
    )
    ran = desk.run("import", "chat", str(file))
    assert ran.code == 0, ran.out
    ((_, item),) = list(Desk(root).items(Desk(root).item_files()))
    assert isinstance(item, Item)
    assert (item.channel, item.title, [event.verb for event in item.history]) == (
        "wechat",
        "一打开就闪退",
        ["classify", "note"],
    )
    again = desk.run("import", "chat", str(file), "--format", "json")
    assert json.loads(again.out) == {"imported": 0, "already": 1, "refused": []}
    assert "小雨天" not in (root / f"feedback/2026/11/{item.id}.yml").read_text("utf-8")
    assert desk.run("check").code == 0
