"""The record as tables for Excel, Tableau, a warehouse: one star of five tables, one kind of target a file.

`items` in the middle, `events` and `clocks` beside it, `calendar` by their dates, `names` by their ids.
"""

from git_feedback.exports.schema import TABLES, Column, Table
from git_feedback.exports.star import star

__all__ = ["TABLES", "Column", "Table", "star"]
