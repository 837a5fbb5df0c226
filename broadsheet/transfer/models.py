"""What came from elsewhere, so that a second import knows it again."""

from django.db import models

from broadsheet.articles.models import Article, Picture, StandingPage


class Source(models.Model):
    """A site that was imported from, known by its address."""

    url = models.CharField(max_length=300, unique=True)
    first_imported_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.url


class Imported(models.Model):
    """One thing of a source and what it became here."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="imported")
    foreign_id = models.PositiveBigIntegerField()
    """WordPress's `wp:post_id`."""
    digest = models.CharField(max_length=32)
    """Of what was imported: equal where the export has nothing new."""
    article = models.OneToOneField(Article, on_delete=models.CASCADE, null=True, related_name="imported")
    page = models.OneToOneField(StandingPage, on_delete=models.CASCADE, null=True, related_name="imported")
    picture = models.OneToOneField(Picture, on_delete=models.CASCADE, null=True, related_name="imported")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "foreign_id"], name="imported_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.foreign_id}"
