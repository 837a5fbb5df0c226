"""What is told of letters by those who carry them."""

from django.urls import path

from broadsheet.mail import views

urlpatterns = [path("mail/events/<str:provider>/", views.events, name="mail_events")]
