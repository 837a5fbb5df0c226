"""Write a fact down. Call it inside the transaction of the deed."""

from broadsheet.events.models import Event


def record(kind: str, **facts: object) -> None:
    """Record that `kind` happened; `facts` are small and plain: ids and numbers, not texts."""
    Event.objects.create(kind=kind, facts=facts)
