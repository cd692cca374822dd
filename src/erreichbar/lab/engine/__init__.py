"""One compiled event loop over arrays that asks the rules of floor 1 as they are.

``simulating`` is the entry for a whole office, which ``planning`` makes ready. ``driving`` starts the loop, ``loop`` is the loop,
``calls``, ``seats`` and ``doors`` what happens, ``lines``, ``heap`` and ``state`` what it keeps, ``shapes`` what it is given, ``rules``
and ``asking`` what it asks, ``compiling`` how it is compiled.
"""
