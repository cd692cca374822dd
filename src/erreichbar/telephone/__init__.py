"""How do calls come in and go out?

``line`` is the port, ``training`` and ``asterisk`` carry it out; ``floor`` brings calls and people together.
"""
