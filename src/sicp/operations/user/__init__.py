"""People: their rights, accounts, assignments and profiles."""
