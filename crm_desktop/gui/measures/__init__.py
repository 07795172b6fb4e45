"""The room 纠正预防: measures against the same complaint coming again, carried out and found effective or not."""
