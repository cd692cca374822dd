"""What did happen? People, calls, tickets, callbacks and the journal.

Every change is an action (``actions``), every question a function (``queries``), every record an entry (``journal``).
"""
