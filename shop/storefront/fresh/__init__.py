"""New goods as an Atom feed, for who follows the market with a reader."""
