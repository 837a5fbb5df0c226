"""The receipt of a comment: a private link that shows its author what became of it. No account is needed."""

from django.core.signing import BadSignature, Signer

from broadsheet.discussion.models import Comment

_signer = Signer(sep=".", salt="receipt")


def token_of(comment: Comment) -> str:
    return _signer.sign(str(comment.pk))


def path_of(comment: Comment) -> str:
    return f"/receipts/{token_of(comment)}/"


def comment_of(token: str) -> Comment | None:
    """The comment a token stands for; None where nobody gave out that token."""
    try:
        pk = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Comment.objects.select_related("thread__article", "parent").filter(pk=pk).first()
