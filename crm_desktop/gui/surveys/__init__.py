"""电话调查: a few questions asked of customers drawn from the visits; one click makes a complaint of an answer."""
