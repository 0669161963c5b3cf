"""The other generators that we measure ourselves against: how each gets the corpus."""
