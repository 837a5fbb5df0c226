import pytest

from broadsheet.kit.providers import PLAYERS, find


@pytest.mark.parametrize(
    ("url", "provider", "player"),
    [
        (
            "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ",
        ),
        (
            "https://www.youtube.com/watch?feature=share&v=aqz-KE-bpKQ&t=90s",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?start=90",
        ),
        (
            "https://youtu.be/aqz-KE-bpKQ?si=x",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ",
        ),
        ("https://vimeo.com/1084537", "Vimeo", "https://player.vimeo.com/video/1084537?dnt=1"),
        (
            "https://vimeo.com/1084537/a1b2c3d4e5",
            "Vimeo",
            "https://player.vimeo.com/video/1084537?dnt=1&h=a1b2c3d4e5",
        ),
        (
            "https://soundcloud.com/harbour/fog-horn",
            "SoundCloud",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fharbour%2Ffog-horn",
        ),
        ("https://social.example/@ines/109876543210123456", "Mastodon", ""),
    ],
)
def test_an_address_of_a_provider_on_the_list_is_known_by_its_shape(url, provider, player):
    known = find(url)
    assert known is not None
    assert (known.provider, known.player) == (provider, player)
    assert known.ask.startswith("https://")
    assert not player or player.startswith(PLAYERS)


@pytest.mark.parametrize(
    "url",
    [
        "https://films.example/watch?v=aqz-KE-bpKQ",
        "https://www.youtube.com.films.example/watch?v=aqz-KE-bpKQ",
        "https://films.example/?https://www.youtube.com/watch?v=aqz-KE-bpKQ",
        "https://www.youtube.com/watch?v=aqz-KE-bpK",
        'https://www.youtube.com/watch?v=aqz"><script',
        "javascript:alert('https://youtu.be/aqz-KE-bpKQ')",
        "https://www.youtube.com/@channel",
        "https://10.0.0.1/@ines/109876543210123456",
        "https://social.example:8080/@ines/109876543210123456",
        "https://social.example/@ines/../../109876543210123456",
    ],
)
def test_nobody_else_is_asked_and_nothing_else_is_played(url):
    assert find(url) is None
