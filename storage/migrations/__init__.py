"""The versions of the tables, one file a step; each stands alone and imports nothing of the models.

After a change of the models ``python -m storage.migrations "add a column"`` drafts the next step.
"""
