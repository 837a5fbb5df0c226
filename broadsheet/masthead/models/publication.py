"""The publication itself: one row."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from wagtail.models import PreviewableMixin

from broadsheet.kit import accent, locales
from broadsheet.kit.addresses import link_address
from broadsheet.kit.pages import Page
from broadsheet.masthead.faces import faces_css

ACCENT = "#9c1c1f"
LONGEST_MENU = 12
"""Lines."""

_STACKS = {
    "modern": ":root{--display:var(--plain)}",
    "plain": ":root{--display:var(--plain);--text:var(--plain)}",
    "slab": ':root{--display:Rockwell,"Rockwell Nova","Roboto Slab","DejaVu Serif","Sitka Small",serif}',
}


class Publication(PreviewableMixin, models.Model):
    class Typefaces(models.TextChoices):
        """Pairs of what every machine has, for which nothing is loaded; and the publication's own."""

        OLD_STYLE = "", "Old style: headlines and text in serifs of a book"
        MODERN = "modern", "Modern: headlines without serifs, text with"
        PLAIN = "plain", "Plain: without serifs throughout"
        SLAB = "slab", "Slab: headlines in square serifs, text of a book"
        THEME = "theme", "From the theme: the fonts in theme/static/fonts"

    name = models.CharField(max_length=120)
    motto = models.CharField(max_length=200, blank=True)
    description = models.CharField(
        max_length=300, blank=True, help_text="One sentence for feeds and search engines."
    )
    contact = models.EmailField(
        blank=True, help_text="Where people may write; shown in /.well-known/security.txt."
    )
    language = models.CharField(
        max_length=35,
        blank=True,
        validators=[RegexValidator(rf"\A{locales.TAG.pattern}\Z", "A language's tag, such as ar or pt-BR.")],
        help_text="What it is written in: words, dates and the direction of lines on public pages and in feeds. Where "
        "no words are there in it, those around the articles stay English.",
    )
    accent = models.CharField(
        max_length=7,
        default=ACCENT,
        validators=[RegexValidator(r"^#[0-9a-f]{6}$", "A colour such as #9c1c1f.")],
        help_text="The one colour of links and marks. Where it could not be read, a darker or lighter one is shown.",
    )
    typefaces = models.CharField(max_length=10, choices=Typefaces, default=Typefaces.OLD_STYLE, blank=True)
    menu = models.TextField(
        blank=True,
        help_text="One line for each place: its name, then its address, such as “Harbour /section/harbour/”. "
        "Left empty, the sections stand in the menu by themselves.",
    )
    foot = models.TextField(
        blank=True,
        help_text="What stands at the foot of every page, such as an imprint. Addresses become links.",
    )

    logo = models.FileField(
        blank=True,
        help_text="A picture in the place of the name at the head of every page: PNG, JPEG, GIF or WebP, at most 2 MB. "
        "Where it has letters, let them be dark: they stand on light paper.",
    )
    logo_width = models.PositiveIntegerField(default=0, editable=False)
    logo_height = models.PositiveIntegerField(default=0, editable=False)
    logo_dark = models.FileField(
        blank=True, verbose_name="logo on dark paper", help_text="Where empty, the same stands on dark paper."
    )
    logo_dark_width = models.PositiveIntegerField(default=0, editable=False)
    logo_dark_height = models.PositiveIntegerField(default=0, editable=False)
    shared = models.FileField(
        blank=True,
        verbose_name="picture to share articles with",
        help_text="Where an article has neither a picture nor a drawn card. Best 1200 × 630 pixels, at most 2 MB.",
    )
    shared_width = models.PositiveIntegerField(default=0, editable=False)
    shared_height = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_publication")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.typefaces == self.Typefaces.THEME and not faces_css():
            raise ValidationError(
                {
                    "typefaces": "The theme has no fonts yet. Put text.woff2, display.woff2 or plain.woff2 into "
                    "theme/static/fonts in the publication’s home, and start Broadsheet anew."
                }
            )
        lines = self._menu_lines()
        if len(lines) > LONGEST_MENU:
            raise ValidationError(
                {"menu": f"A menu has at most {LONGEST_MENU} lines; this one has {len(lines)}."}
            )
        for number, (name, address) in enumerate(lines, start=1):
            if not name or not _leads_somewhere(address):
                raise ValidationError(
                    {
                        "menu": f"Line {number} should be a name and an address, such as “Harbour /section/harbour/”; "
                        "an address begins with / or https://."
                    }
                )

    @property
    def menu_links(self) -> list[tuple[str, str]]:
        """(name, address) of every line of its own menu; empty where the sections are the menu."""
        return [(name, address) for name, address in self._menu_lines() if name and _leads_somewhere(address)]

    @property
    def look_css(self) -> str:
        """Its colour, readable on every paper, and its typefaces, as a style sheet; empty where all is as it comes."""
        colour = ""
        if self.accent != ACCENT:
            light, dark = accent.readable_accents(self.accent)
            colour = f":root{{--accent:{light};--accent:light-dark({light},{dark})}}"
        own = self.typefaces == self.Typefaces.THEME
        css = colour + (faces_css() if own else _STACKS.get(self.typefaces, ""))
        return f"{css}\n" if css else ""

    @property
    def accent_sentence(self) -> str:
        """What readers see instead of an accent that could not be read everywhere; ours comes with a shade for dark."""
        shown = dict(zip(("light", "dark"), accent.readable_accents(self.accent), strict=True))
        changed = [f"{colour} on {paper} paper" for paper, colour in shown.items() if colour != self.accent]
        if not changed or self.accent == ACCENT:
            return ""
        return f"{self.accent} could not be read on every paper, so readers see {' and '.join(changed)}."

    preview_modes = (("", "The front page"), ("article", "The newest article"))

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """A page as it would be; what is on it is known higher up."""
        page: Page = import_string(settings.PUBLICATION_PREVIEW)(self, mode_name)
        return HttpResponse(page.content)

    def _menu_lines(self) -> list[tuple[str, str]]:
        lines = [line.strip().rpartition(" ") for line in self.menu.splitlines() if line.strip()]
        return [(name.strip(), address) for name, _, address in lines]

    @classmethod
    def current(cls) -> "Publication":
        """The publication; before `broadsheet init` an unsaved one with a plain name."""
        return cls.objects.first() or cls(pk=1, name="Untitled")


def _leads_somewhere(address: str) -> bool:
    return address.startswith(("/", "https://", "http://")) and link_address(address) is not None
