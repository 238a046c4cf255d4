"""The record as tables for Excel, Tableau, a warehouse: one star of six tables, one kind of target a file.

`items` in the middle, `events`, `clocks` and `holdings` beside it, `calendar` by their dates, `names` by their ids.
"""

from git_feedback.exports.schema import TABLES, Column, Table
from git_feedback.exports.star import star
from git_feedback.exports.writing import write

__all__ = ["TABLES", "Column", "Table", "star", "write"]
