"""Methods, zones and rates; knows no orders."""
