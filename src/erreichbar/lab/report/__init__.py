"""How is a result told? The same pictures and tables on the terminal, in one file, and on the pages of ``evidence``.

``words`` names figures and writes numbers, ``tables`` are plain tables in words, ``pictures`` are SVG, ``page`` puts them together.
"""
