"""`broadsheet admit`: let somebody of the staff in, from the machine itself."""

import click

from broadsheet.wiring import starting
from broadsheet.wiring.terminal import console


@click.command("admit")
@click.argument("email", required=False, default="")
@click.option(
    "--forget-factors",
    is_flag=True,
    help="Take away their passkeys, authenticator app and recovery codes, and sign them out everywhere.",
)
def command(email: str, forget_factors: bool) -> None:
    """Print a link that signs in the member of the staff with the address EMAIL, once, within a day.

    Without EMAIL it is for the publisher. Whoever has a second factor is asked for it behind the link.
    """
    starting.start_django()
    from django.conf import settings

    from broadsheet.masthead import founding
    from broadsheet.readers import factors, signing_in

    reader = founding.publisher(email)
    if reader is None:
        raise click.ClickException(
            f"Nobody of the staff has the address {email}. Add an account at /newsroom/users/."
            if email
            else "There is no publisher yet. Run `broadsheet init`."
        )
    if forget_factors:
        gone = factors.forget_all(reader)
        console.print(f"{gone} factors of {reader.email} are taken away; they are signed out everywhere.")
    link = signing_in.path_of(signing_in.make_link(reader))
    console.print(f"Sign in as {reader.email} (once, within a day):\n{settings.URL}{link}", markup=False)
