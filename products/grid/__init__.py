"""Price, number and shelf of many goods on one page, saved with one button."""
