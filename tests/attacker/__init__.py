"""The enemy: rebuilds hidden counts from ``released.json`` alone. It shares no code with ``rakelab.protect``.

``attack`` asks the questions, ``model`` holds unknowns and constraints, ``knowledge`` and ``ticked`` write
down what a reader knows without being told, ``numbers`` what the published numbers say, ``solve`` finds which values
are possible. ``reports`` makes random reports with the real pipeline, ``long`` attacks many of them.
"""
