"""The room 抱怨投诉: the list of complaints, the intake at the counter, and one case with its tabs."""
