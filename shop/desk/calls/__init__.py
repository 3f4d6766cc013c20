"""New orders that nobody answers: told again after two hours, called about after twelve."""
