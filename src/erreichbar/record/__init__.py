"""What can happen, and how is it written down?

``events`` is the vocabulary of the journal, ``tables`` the columns of ``contacts`` and ``tickets`` that every figure
is counted over, ``fold`` the one way from the first to the second, ``words`` the closed lists both use.
"""
