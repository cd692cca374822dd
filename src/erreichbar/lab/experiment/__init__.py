"""Which way of being reached serves citizens best, and what does it cost? Models compared in one office, replication by replication.

In one replication every model meets the same citizens with the same matters and the same people at work (keyed draws), so
differences are surer than the figures themselves. ``shown`` is the list of figures, ``replicating`` plays and counts one run,
``running`` decides how many, ``estimating`` what they allow to say, ``result`` is what is handed on. ``simulated`` is the lab's engine as
what is played, ``workers`` who works at it. ``result`` can be read without the extra ``[lab]``.
"""
