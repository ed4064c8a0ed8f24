"""The pages of the canevas."""
