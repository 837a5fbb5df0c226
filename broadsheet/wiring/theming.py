"""A publisher's own templates and static files, which stand before ours: `theme/templates` and `theme/static`.

A template that cannot be read is told and passed over, so that ours takes its place: a slip must not take the paper
down. One that fails only while a page is made is caught where pages are made (articles/rendering.py).
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template import Engine, Origin, Template, TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.template.loaders import filesystem

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Slip:
    """What is wrong with a file of the theme; `line` is 0 where no line is to blame."""

    file: Path
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.file}{f', line {self.line}' if self.line else ''}: {self.problem}"


class Loader(filesystem.Loader):
    """Reads templates from the theme; one with a slip is as if it were not there."""

    def get_contents(self, origin: Origin) -> str:
        """Its text; Django takes the next template of that name where there seems to be none."""
        file = Path(origin.name)
        try:
            text = str(super().get_contents(origin))
            Template(text, origin, str(origin.template_name), self.engine)
        except (TemplateSyntaxError, UnicodeDecodeError, OSError) as error:
            logger.error("%s. Our own template stands in its place until that is mended.", _slip(file, error))
            raise TemplateDoesNotExist(str(origin.template_name)) from error
        return text


def slips() -> Iterator[Slip]:
    """Everything that is wrong with the templates of the theme."""
    engine = Engine.get_default()
    for folder in map(Path, engine.dirs):
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            try:
                template = Template(file.read_text(encoding="utf-8"), engine=engine)
            except (TemplateSyntaxError, UnicodeDecodeError) as error:
                yield _slip(file, error)
            else:
                yield from _lost(file, str(file.relative_to(folder)), template, engine)


def _slip(file: Path, error: Exception) -> Slip:
    if isinstance(error, UnicodeDecodeError):
        return Slip(file, 0, "it is not written in UTF-8")
    token = getattr(error, "token", None)
    return Slip(file, token.lineno or 0 if token else 0, str(error))


def _lost(file: Path, own_name: str, template: Template, engine: Engine) -> Iterator[Slip]:
    """What a template builds on that is not there: Django finds that out only while it makes a page."""
    nodes: list[Any] = [
        *template.nodelist.get_nodes_by_type(ExtendsNode),
        *template.nodelist.get_nodes_by_type(IncludeNode),
    ]
    for node in nodes:
        named = node.parent_name if isinstance(node, ExtendsNode) else node.template
        name = getattr(named, "var", None)
        line = (node.token.lineno or 0) if node.token else 0
        if isinstance(node, IncludeNode) and name == own_name:
            yield Slip(file, line, "it includes itself; to build on ours of that name, extend it")
        elif isinstance(name, str) and not _is_there(name, engine):
            yield Slip(file, line, f"there is no template {name}")


def _is_there(name: str, engine: Engine) -> bool:
    try:
        engine.find_template(name)
    except TemplateDoesNotExist:
        return False
    return True
