"""Writes of the register that touch more than one table or need a rule."""
