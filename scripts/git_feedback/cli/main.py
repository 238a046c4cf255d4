"""`git feedback`: the table of commands, each loaded only when it is called."""

import sys
from importlib import import_module

import click

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("init", "Start a desk in an empty folder."),
    "new": ("new", "Add one piece of feedback by hand."),
    "import": ("import_rows", "Add feedback from a file (tables, mails, chats)."),
    "intake": ("intake", "Take in an issue made with the form."),
    "sweep": ("sweep", "Take in what arrived and has no item: issues, mail, files in folders."),
    "chat-menu": ("chat_menu", "The menu of categories for a chat robot."),
    "receipt": ("receipt", "The receipt of an item; --new gives a number to look it up by."),
    "box-labels": ("box_labels", "Labels and blank sheets for paper boxes, to be printed."),
    "verify": ("verify", "Hold a receipt against the record: since when is it there?"),
    "check": ("check", "Check items, policy and generated files."),
    "audit": ("audit", "Was the record kept? Changes, dates and hands, commit by commit."),
    "triage": ("triage", "Classify what is new by rules, with reasons."),
    "duplicates": ("duplicates", "Pairs of items that may be one matter, side by side."),
    "recurring": ("recurring", "Problems that come again: count, trend, examples."),
    "problem": ("problem", "Problem records: why something comes again, what is done."),
    "kb": ("kb", "The knowledge base: list, check, draft, ask, gaps, research."),
    "list": ("list_items", "List items; `state:open level:P0 退款` chooses."),
    "mine": ("mine", "My day: what burns, what waits for me, whom to call."),
    "coordination": ("coordination", "Open matters between departments, for the weekly meeting."),
    "handover": ("handover", "Give all unfinished items of one person to another."),
    "show": ("show", "Show one item: state, clocks, history."),
    "draft": ("draft", "The words to a submitter, from the desk's templates."),
    "to-call": ("to_call", "Whom a person has to call, and what to say."),
    "post": ("post", "Post the comments that wait for submitters below their issues."),
    "sla": ("sla", "What is late, and what will be within 24 hours."),
    "explain": ("explain", "Why an item is due when it is due, and whose it is."),
    "calendar": ("calendar", "Working calendars: list, show, check, import."),
    "simulate": ("simulate", "What another policy would have made of the same history."),
    "stats": ("stats", "Figures about all items."),
    "forecast": ("forecast", "How many items the next weeks will bring, by category."),
    "staffing": ("staffing", "How many people it takes, by weekday and hour (Erlang C)."),
    "train": ("train", "Courses, who passed them, who is due; certificates."),
    "report": ("report", "Issue the report of a month."),
    "export": ("export", "Items, events and clocks as tables: csv, xlsx, parquet, databases."),
    "draw": ("draw", "The monthly draw: announce, run, check."),
    "build": ("build", "Build the site."),
    "serve": ("serve", "Show the built site in a browser."),
    "nightly": ("nightly", "Sweep, check, triage, clocks, reminders and site in one run."),
    "send-test": ("send_test", "A message to try out a way of policy/notify.yml."),
    "post-receive": ("post_receive", "Check what a push brought into a bare repository; --install."),
    "sync": ("sync", "Fetch, merge by events and fields, push."),
    "resolve-conflicts": ("resolve_conflicts", "Merge the items that Git left in conflict."),
    "merge-driver": ("merge_driver", "Merge one item, as Git asks for it; --install teaches a clone."),
    "undo": ("undo", "Take back what one commit wrote, by the opposite events."),
    "revert-import": ("revert_import", "Reject what an import brought by mistake."),
    "rename": ("rename", "Another id for a category or a department, over all items."),
    "release": ("release", "What a release settled, and who is to be told."),
    "generate": ("generate", "Write the files made from policy (forms, schema, CODEOWNERS)."),
    "keys": ("keys", "Who can read how to reach a customer: new, list, rotate, ref."),
    "unseal": ("unseal", "How to reach whoever sent an item, for holders of a key."),
    "erase": ("erase", "Remove the personal data of an item; every figure stays."),
    "backup": ("backup", "Save the whole record, keys included, to a folder elsewhere."),
    "doctor": ("doctor", "What is missing in this set-up, and what mends it."),
    "restore": ("restore", "Make a desk anew from its backups, or prove that it could be."),
}

VERBS: dict[str, str] = {
    "classify": "Say what it is and how much it matters.",
    "assign": "Give it to a department and an owner.",
    "accept": "Take it on.",
    "return": "Give it back, with the reason.",
    "ask": "Ask the submitter (or a partner); clocks pause.",
    "supply": "Write down the answer to what was asked.",
    "message": "Write down what the submitter says unasked.",
    "respond": "Send an interim answer.",
    "note": "Add an internal remark.",
    "resolve": "Say what was done, why it happened, what prevents it.",
    "review": "Look at another person's solution.",
    "reply": "Send the final answer.",
    "follow-up": "Write down how content the submitter is.",
    "reopen": "Go on with it.",
    "close": "Close it.",
    "reject": "Do not take it on, with the reason.",
    "duplicate": "Mark it as the same matter as another item.",
    "escalate": "Raise it by one level.",
    "plan": "Say what will be done, and until when.",
    "split": "Name the items that carry on with parts of it.",
    "snooze": "Put it aside until a day; clocks run on.",
    "exempt": "Allow an exception, with a reason and an end.",
    "copy": "Let other departments know.",
    "link": "Say what belongs to it: article, problem, measure, commit, issue.",
    "unlink": "Take a link away; a duplicate is an item of its own again.",
    "reward": "Write down a reward.",
    "notify": "Write down that the customer was told.",
    "retract": "Take back an event that should not stand there.",
    "correct": "Say why a field of the submission was put right.",
}

EPILOG = """Exit codes: 0 all is well, 1 something was found, 2 wrong usage, 3 cannot go on.
Every command has its own help: git feedback check -h"""


class Table(click.Group):
    """The group of all commands; their modules stay unread until one is called."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What was called is kept: wrong usage is told in the language that it asks for."""
        ctx.meta["git_feedback.words"] = tuple(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Wrong usage knows where it happened, also where click does not note it (an option without its value)."""
        try:
            return super().invoke(ctx)
        except click.UsageError as usage:
            name = ctx.invoked_subcommand
            if usage.ctx is None and name:
                usage.ctx = click.Context(self.get_command(ctx, name) or self, parent=ctx, info_name=name)
            raise

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """Names in the order of the table."""
        return [*COMMANDS, *VERBS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click calls it so
        """The command of a name, loaded now."""
        if cmd_name in VERBS:
            found = import_module("git_feedback.cli.commands.verbs").command(cmd_name, VERBS[cmd_name])
        elif cmd_name in COMMANDS:
            found = import_module(f"git_feedback.cli.commands.{COMMANDS[cmd_name][0]}").command
        else:
            return None
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click calls it so
        """Both lists, from the table alone."""
        for title, rows in (
            ("Desk", [(name, text) for name, (_, text) in COMMANDS.items()]),
            ("Verbs", list(VERBS.items())),
        ):
            with formatter.section(title):
                formatter.write_dl(rows)


@click.command(cls=Table, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="git-feedback", prog_name="git-feedback")
def program() -> None:
    """Customer feedback as files in Git: items, clocks, a closed loop, a site, reports."""


def main() -> None:
    """The console script.  Expected trouble ends in one line and an exit code; our own mistakes in a traceback."""
    from git_feedback.cli.trouble import told

    for stream, errors in ((sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace"), (sys.stdin, "replace")):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors=errors)
    sys.exit(told(lambda: program(standalone_mode=False)))
