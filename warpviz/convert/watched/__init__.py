"""Models of any library as they are seen from outside: run on points, their layers watched.

model ── a file a library ──► Runs: names of layers, and what each gave in one run
                                ▲ two runs: which axis counts the points, which layers run
points (N, …) ──────────────────┴── watch ──► Watched: states (N, D_k), and the output
"""
