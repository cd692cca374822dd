"""Who is at this desk."""

from django.http import HttpRequest

from erreichbar.centre.models import User


def user_of(request: HttpRequest) -> User:
    """Return who is signed in. Only for views that need signing in."""
    assert isinstance(request.user, User)
    return request.user
