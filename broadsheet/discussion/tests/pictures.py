"""What strangers send with comments, kind and unkind, and the form that sends it."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from broadsheet.discussion.models import Comment
from broadsheet.discussion.tests.cast import post


def photograph(width=640, height=400, kind="JPEG", **how):
    out = BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert(how.pop("mode", "RGB")).save(out, kind, **how)
    return out.getvalue()


def file(content, name="quay.jpg"):
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def send(article, *pictures, alt="The quay at noon", **fields):
    """POST a comment with pictures: the answer."""
    for number, content in enumerate(pictures, start=1):
        fields |= {f"picture{number}": file(content)}
        fields.setdefault(f"alt{number}", alt)
    return post(article, fields.pop("text", "Look at this."), fields.pop("name", "alice"), **fields)


def sent(article, *pictures, **fields):
    """The comment that such a POST made."""
    answer = send(article, *pictures, **fields)
    assert answer.status_code == 303, answer.content.decode()
    return Comment.objects.order_by("pk").last()


def shown(comment):
    """What a comment, or a revision of one, shows."""
    return comment.pictures or []


def public(comment, number=0, width=480):
    """Where everybody finds one of a comment's pictures, while it is published."""
    key = comment.pictures[number]["key"]
    return f"{comment.thread.article.path}c/{comment.seq}/pictures/{key}-{width}.webp"


def status(path):
    return Client().get(path).status_code
