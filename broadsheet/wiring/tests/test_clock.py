from datetime import timedelta

import pytest
from django.utils import timezone

from broadsheet.articles.models import Article
from broadsheet.events import beating
from broadsheet.events.models import Beat
from broadsheet.wiring import clock
from broadsheet.wiring.schedule import Job

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_tick_publishes_what_is_due_and_leaves_a_heartbeat():
    article = Article.objects.create(
        headline="Due", live=False, go_live_at=timezone.now() + timedelta(hours=1)
    )
    article.save_revision().publish()
    revision = article.revisions.get()
    revision.approved_go_live_at = timezone.now() - timedelta(seconds=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    clock.tick()
    article.refresh_from_db()
    assert article.live
    beat_at = beating.last_beat("clock")
    assert beat_at
    assert timezone.now() - beat_at < timedelta(seconds=5)


def test_a_job_is_done_again_only_after_its_time(monkeypatch):
    done = []
    monkeypatch.setattr(clock, "SCHEDULE", [Job("count", timedelta(hours=1), lambda: done.append(1))])
    clock.tick()
    clock.tick()
    assert len(done) == 1
    Beat.objects.filter(name="count").update(beat_at=timezone.now() - timedelta(hours=2))
    clock.tick()
    assert len(done) == 2


def test_a_job_that_fails_stops_neither_the_others_nor_the_clock(monkeypatch, caplog):
    done = []

    def fail():
        raise RuntimeError("the spring broke")

    jobs = [Job("fail", timedelta(hours=1), fail), Job("count", timedelta(0), lambda: done.append(1))]
    monkeypatch.setattr(clock, "SCHEDULE", jobs)
    clock.tick()
    assert done == [1]
    assert "the spring broke" in caplog.text
    assert beating.last_beat("clock")
    assert beating.last_beat("fail") is None
