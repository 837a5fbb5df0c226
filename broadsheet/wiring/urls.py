"""Every address of the application. Public pages come last: whatever nothing else answers is one, or is not there."""

from django.urls import include, path, re_path
from wagtail.admin import urls as newsroom_urls

from broadsheet.accounts import urls as account_urls
from broadsheet.discussion import urls as discussion_urls
from broadsheet.mail import urls as mail_urls
from broadsheet.notices import urls as notices_urls
from broadsheet.press import views as press_views
from broadsheet.readers import urls as reader_urls
from broadsheet.search import urls as search_urls
from broadsheet.transfer import urls as transfer_urls

urlpatterns = [
    path("", include(reader_urls)),
    path("newsroom/", include(newsroom_urls)),
    path("account/", include(account_urls)),
    path("mine.json", press_views.mine_json),
    path("oembed", press_views.oembed_answer),
    path("", include(discussion_urls)),
    path("", include(notices_urls)),
    path("", include(mail_urls)),
    path("", include(search_urls)),
    path("", include(transfer_urls)),
    re_path(r"^.*$", press_views.public_page),
]

handler404 = press_views.page_not_found
handler500 = press_views.server_error
