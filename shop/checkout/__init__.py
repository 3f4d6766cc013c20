"""From cart to placed purchase; owns no tables."""
