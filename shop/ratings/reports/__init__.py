"""Ratings that somebody reported, and what an officer or an admin decided: hide with a reason, or keep."""
