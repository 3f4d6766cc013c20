"""The seller's own word on the season: there is some now, there is none, or as the months say."""
