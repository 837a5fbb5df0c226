"""Addresses that other systems gave out."""

from django.urls import path

from broadsheet.transfer import views

urlpatterns = [
    path("wpdiscuzsubscription/<str:deed>/", views.subscription, name="wpdiscuz_subscription"),
]
