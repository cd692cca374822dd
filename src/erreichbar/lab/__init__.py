"""What would happen? The lab: closed forms, statistics, and an event loop that asks the same rules as the live centre.

``closed_forms`` are the queues that can be calculated, ``statistics`` says what a sample of replications allows to
claim, ``engine`` is the loop, ``queue`` holds the loop against the closed forms.
"""
