"""The part of the first page of checkout that makes a purchase a gift."""
