"""The pages of the search: results, what one keeps of them, words, vain searches."""
