"""What came from elsewhere, so that a second import knows it again."""

from django.db import models

from broadsheet.articles.models import Article, Picture, StandingPage
from broadsheet.masthead.models import Person
from broadsheet.notices.models import Follow


class Source(models.Model):
    """A site that was imported from, known by its address."""

    url = models.CharField(max_length=300, unique=True)
    first_imported_at = models.DateTimeField(auto_now_add=True)
    completed_at = models.DateTimeField(null=True)
    """When an import last ran to its end and had added something; null while one has not."""

    def __str__(self) -> str:
        return self.url


class Imported(models.Model):
    """One post of a source and what it became: an article, a page, or a page with an article for its discussion."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="imported")
    foreign_id = models.PositiveBigIntegerField()
    """WordPress's `wp:post_id`."""
    digest = models.CharField(max_length=32)
    """Of what was imported: equal where the export has nothing new."""
    article = models.OneToOneField(Article, on_delete=models.SET_NULL, null=True, related_name="imported")
    page = models.OneToOneField(StandingPage, on_delete=models.SET_NULL, null=True, related_name="imported")
    """Neither is set where it was deleted here: a second import does not bring it back."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "foreign_id"], name="imported_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.foreign_id}"


class ImportedAuthor(models.Model):
    """Somebody who wrote for a source, by login. No account comes of it."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="authors")
    login = models.CharField(max_length=200)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "login"], name="author_imported_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.login}"


class ImportedPicture(models.Model):
    """A file of a source's library, by its path below `uploads`, else by its address."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="pictures")
    file = models.CharField(max_length=500)
    picture = models.OneToOneField(Picture, on_delete=models.CASCADE, related_name="imported")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "file"], name="picture_imported_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.file}"


class ImportedSubscription(models.Model):
    """A subscription of a source and the follow that it became. Its key still stands in letters of the old site."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="subscriptions")
    table = models.CharField(max_length=40)
    """The old table's name, without its prefix."""
    foreign_id = models.PositiveBigIntegerField()
    key_digest = models.CharField(max_length=32)
    follow = models.ForeignKey(Follow, on_delete=models.SET_NULL, null=True, related_name="+")
    """Not set where it ended here and is forgotten: a second import does not bring it back."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "table", "foreign_id"], name="subscription_imported_once"
            ),
        ]
        indexes = [models.Index(fields=["foreign_id"], name="subscription_foreign")]

    def __str__(self) -> str:
        return f"{self.source} {self.table} {self.foreign_id}"
