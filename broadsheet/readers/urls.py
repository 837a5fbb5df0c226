"""Addresses of signing in and out; they stand before Wagtail's own, which they replace."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from broadsheet.readers import views

urlpatterns = [
    path("newsroom/login/", views.LoginView.as_view(), name="sign_in"),
    path("newsroom/logout/", views.LogoutView.as_view(), name="sign_out"),
    path(
        "newsroom/account/",
        never_cache(require_admin_access(views.AccountView.as_view())),
        name="own_account",
    ),
    path("newsroom/sign-in/<str:token>/", views.sign_in_by_link, name="sign_in_by_link"),
]
