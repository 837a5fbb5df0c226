"""What the publication, a section or an article says of its discussions. What it leaves open, the level above says."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from broadsheet.articles.models import Article, Section


class Rules(models.Model):
    class Level(models.TextChoices):
        PUBLICATION = "publication", "the publication"
        SECTION = "section", "the section"
        ARTICLE = "article", "the article"

    class Who(models.TextChoices):
        EVERYONE = "everyone", "Everyone, guests too"
        READERS = "readers", "Readers with an account"

    class Hold(models.TextChoices):
        NOTHING = "nothing", "No comment for that reason alone"
        FIRST = "first", "First comments"
        EVERYTHING = "everything", "Every comment"

    level = models.CharField(max_length=11, choices=Level.choices)
    section = models.OneToOneField(Section, on_delete=models.CASCADE, null=True, related_name="rules")
    article = models.OneToOneField(Article, on_delete=models.CASCADE, null=True, related_name="rules")
    who = models.CharField(max_length=8, blank=True, choices=Who.choices)
    """Who may comment; empty where the level above says it, as with all that follows."""
    hold = models.CharField(max_length=10, blank=True, choices=Hold.choices)
    first_comments = models.PositiveSmallIntegerField(null=True)
    """How many published comments somebody needs whose next one is no first comment any more."""
    close_after_days = models.PositiveSmallIntegerField(null=True)
    """From the article's publication; 0 for never."""
    slow_seconds = models.PositiveIntegerField(null=True)
    """Between two comments of one person in one thread; 0 for as fast as they like."""
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    set_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "rules"
        constraints = [
            models.UniqueConstraint(
                fields=["level"], condition=Q(level="publication"), name="one_row_of_publication_rules"
            ),
            models.CheckConstraint(
                condition=Q(level="publication", section=None, article=None)
                | Q(level="section", section__isnull=False, article=None)
                | Q(level="article", section=None, article__isnull=False),
                name="rules_level",
            ),
        ]

    def __str__(self) -> str:
        return f"rules of {self.section or self.article or 'the publication'}"
