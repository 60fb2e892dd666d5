"""Forms of activities: the shape of what is typed, no rule."""
