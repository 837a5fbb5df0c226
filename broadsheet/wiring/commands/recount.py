"""`broadsheet recount`: count every thread anew and say what had drifted."""

import click

from broadsheet.wiring import starting
from broadsheet.wiring.terminal import console


@click.command("recount")
def command() -> None:
    """Rebuild every counter of the discussion from the comments and the voices."""
    starting.start_django()
    from broadsheet.discussion import counting, voicing
    from broadsheet.discussion.models import Comment, Thread
    from broadsheet.press import addresses, refresh

    threads = drifted = 0
    for thread in Thread.objects.select_related("article").order_by("pk").iterator():
        threads += 1
        voiced = Comment.objects.filter(thread=thread).values("pk")
        if wrong := counting.recount(thread) + voicing.recount(voiced):
            drifted += 1
            refresh.mark_paths(addresses.of_article(thread.article))
            console.print(f"{thread.article.path}: {wrong} counters were wrong", markup=False)
    console.print(f"{threads} threads counted; {drifted} had drifted.")
