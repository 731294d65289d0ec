"""User and session commands: login, register, logout, whoami, profile, password, sessions."""

from __future__ import annotations

import sys
from typing import Any

import click
from cnop.user.v1 import profile_pb2, session_pb2

from cnop_client.cli.completion import session_ids
from cnop_client.cli.options import request_id_option, settings
from cnop_client.cli.output import Column, enum, moment, show_list, show_one

PROFILE = (
    Column[profile_pb2.Profile]("username", lambda it: it.username),
    Column[profile_pb2.Profile]("name", lambda it: f"{it.first_name} {it.last_name}"),
    Column[profile_pb2.Profile]("email", lambda it: it.email),
    Column[profile_pb2.Profile]("role", lambda it: enum(profile_pb2.Profile.Role, it.role)),
    Column[profile_pb2.Profile]("user id", lambda it: it.user_id),
    Column[profile_pb2.Profile]("since", lambda it: moment(it.created_at)),
    Column[profile_pb2.Profile]("edge", lambda _: settings().client.edge.url),
)
DETAILS = (
    *PROFILE[:3],
    Column[profile_pb2.Profile]("phone", lambda it: it.phone),
    Column[profile_pb2.Profile]("date of birth", lambda it: it.date_of_birth),
    Column[profile_pb2.Profile]("marketing", lambda it: "yes" if it.marketing_emails_consent else "no"),
    *PROFILE[3:-1],
    Column[profile_pb2.Profile]("updated", lambda it: moment(it.updated_at)),
)
SESSIONS = (
    Column[session_pb2.Session]("", lambda it: "*" if it.is_current else ""),
    Column[session_pb2.Session]("SESSION", lambda it: it.session_id),
    Column[session_pb2.Session]("DEVICE", lambda it: it.device),
    Column[session_pb2.Session]("ADDRESS", lambda it: it.address),
    Column[session_pb2.Session]("SINCE", lambda it: moment(it.created_at)),
    Column[session_pb2.Session]("LAST USED", lambda it: moment(it.last_used_at)),
)

_PASSWORD_CHARACTERS_MAX = 1024

password_option = click.option(
    "--password-stdin", is_flag=True, help="Read the password from the first line of standard input."
)


@click.argument("username", required=False)
@password_option
def login(username: str | None, password_stdin: bool) -> None:
    """Sign in. Prompts for the password: others on the machine could read an argument."""
    username = username or _ask("Username", password_stdin)
    settings().client.login(username, _password(password_stdin, is_new=False))
    _signed_in()


@click.option("--username", default=None)
@click.option("--email", default=None)
@click.option("--first-name", default=None)
@click.option("--last-name", default=None)
@password_option
@request_id_option
def register(
    *,
    username: str | None,
    email: str | None,
    first_name: str | None,
    last_name: str | None,
    password_stdin: bool,
    request_id: str,
) -> None:
    """Register and sign in. Prompts for everything that is not given."""
    client = settings().client
    username = username or _ask("Username", password_stdin)
    email = email or _ask("E-mail", password_stdin)
    first_name = first_name or _ask("First name", password_stdin)
    last_name = last_name or _ask("Last name", password_stdin)
    password = _password(password_stdin, is_new=True)
    client.register(
        username=username,
        email=email,
        password=password,
        first_name=first_name,
        last_name=last_name,
        request_id=request_id,
    )
    client.login(username, password)
    _signed_in()


def logout() -> None:
    """Sign out and end the session."""
    settings().client.logout()


def whoami() -> None:
    """Show the signed-in user and the edge."""
    show_one(settings().client.get_profile(), PROFILE, as_json=settings().as_json)


@click.option("--email", default=None, help="The new e-mail address. Needs the password.")
@click.option("--first-name", default=None, help="The new given name.")
@click.option("--last-name", default=None, help="The new family name.")
@click.option("--phone", default=None, help="The new telephone number, like +1 415 555 0100; empty to remove it.")
@click.option("--date-of-birth", default=None, help="The date of birth, as YYYY-MM-DD; empty to remove it.")
@click.option("--marketing-emails/--no-marketing-emails", default=None, help="Whether to agree to marketing e-mails.")
@password_option
def profile(*, password_stdin: bool, marketing_emails: bool | None, **details: str | None) -> None:
    """Show the profile, or change the given details. Prompts for the password if the e-mail address is given."""
    client = settings().client
    changes: dict[str, Any] = {**details, "marketing_emails_consent": marketing_emails}
    if all(value is None for value in changes.values()):
        show_one(client.get_profile(), DETAILS, as_json=settings().as_json)
        return
    if details["email"] is not None:
        changes["current_password"] = _password(password_stdin, is_new=False)
    show_one(client.update_profile(**changes), DETAILS, as_json=settings().as_json)


@click.option(
    "--password-stdin",
    is_flag=True,
    help="Read the current and the new password from the first two lines of standard input.",
)
def password(password_stdin: bool) -> None:
    """Change the password, which ends all sessions. Prompts for the current and the new one."""
    current = _password(password_stdin, is_new=False, what="Current password")
    settings().client.change_password(current, _password(password_stdin, is_new=True, what="New password"))
    click.echo("cnop: the password is changed and all sessions have ended; sign in with: cnop login", err=True)


@click.option("--end", metavar="SESSION", default=None, shell_complete=session_ids, help="End this session.")
def sessions(end: str | None) -> None:
    """List the sessions. A star marks the current one."""
    client = settings().client
    if end is not None:
        client.revoke_session(end)
    else:
        show_list(client.list_sessions(), SESSIONS, as_json=settings().as_json)


def _signed_in() -> None:
    show_one(settings().client.get_profile(), PROFILE, as_json=settings().as_json)


def _password(from_stdin: bool, *, is_new: bool, what: str = "Password") -> str:
    if from_stdin:
        return sys.stdin.readline(_PASSWORD_CHARACTERS_MAX).rstrip("\r\n")
    _needs_terminal("the password")
    answer: str = click.prompt(what, hide_input=True, confirmation_prompt=is_new, err=True)
    return answer


def _ask(what: str, stdin_is_taken: bool) -> str:
    if stdin_is_taken:
        raise click.UsageError(f"{what} is missing: give it as an argument, because standard input has the password")
    _needs_terminal(what)
    answer: str = click.prompt(what, err=True)
    return answer


def _needs_terminal(what: str) -> None:
    if not sys.stdin.isatty():
        raise click.UsageError(f"no terminal to prompt for {what}; --help shows how to give it otherwise")
