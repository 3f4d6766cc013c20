"""The yardstick: the smallest Flask application, served as ours is."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    """Say hello."""
    return "<!doctype html><title>hello</title><p>hello world"
