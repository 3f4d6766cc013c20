"""Photos that buyers add to their ratings: their own, public only while the rating is shown, gone when taken back."""
