"""What counts can tell and what is chance (thống kê): pure rules without numpy, so that web processes may use them.

Every rule names the paper it follows. docs/algorithms/chance.md and ranking.md have worked tables that the tests read.
"""
