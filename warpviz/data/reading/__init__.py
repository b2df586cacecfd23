"""Files to tables, and tables to labelled points.

bytes ── decoded ──► text ── lines_of ──► lines of cells ── headed ──► names and columns, a Table
Table ── label_of, left_out, numbers_of ──► features and labels ── dataset_of ──► Dataset
"""
