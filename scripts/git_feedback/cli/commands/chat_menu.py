"""`chat-menu`: the menu that a chat robot shows."""

import click

from git_feedback.cli.session import Session, reading
from git_feedback.i18n import LANGUAGES
from git_feedback.intake.chat import menu as chat_menu


@click.command("chat-menu")
@click.option("--language", type=click.Choice(list(LANGUAGES)), help="Of the menu (default: the desk's language).")
@reading
def command(session: Session, language: str | None) -> None:
    """Print the menu of categories for a chat robot: paste it where the robot greets.

    What a customer answers to it, a number or a name, `import chat` reads from the transcript.
    """
    spoken = language or session.policy.desk.language
    text = chat_menu.menu(session.policy, spoken)
    if session.style == "json":
        session.show_json({"language": spoken, "menu": text})
    else:
        click.echo(text)
