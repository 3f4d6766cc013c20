"""Low-risk changes that are alike, approved together."""
