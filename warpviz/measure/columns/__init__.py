"""The columns of a study's tables: each one's name, meaning, unit, source and function.

A new measure is one entry in a file of this room. What is undefined is None, never infinite and
never NaN.
"""

from warpviz.measure.columns.column import Column, Known, Value
from warpviz.measure.columns.tables import NETWORK_COLUMNS, STOP_COLUMNS

__all__ = ["NETWORK_COLUMNS", "STOP_COLUMNS", "Column", "Known", "Value"]
