"""The enemy: rebuilds hidden counts from ``released.json`` alone. It shares no code with ``rakelab.protect``.

``attack`` asks the questions, ``model`` holds unknowns and constraints, ``knowledge`` writes down what a reader knows
without being told, ``numbers`` what the published numbers say, ``solve`` finds which values are possible.
"""
