"""What went wrong, in words that say what to do."""


class CannotBring(RuntimeError):
    """A set of Debian packages could not be brought; the message says why and what to do instead."""
