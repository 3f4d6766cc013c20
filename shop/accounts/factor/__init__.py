"""The second factor: a code from an app, and codes on paper for when the phone is gone."""
