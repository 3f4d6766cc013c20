"""The pages of ratings that the gates look at."""

PAGES = {  # name: whose eyes, address
    "rate": ("visitor", "{to_rate}"),
    "own-rating": ("visitor", "{own_rating}"),
    "rating-withdrawal": ("visitor", "{own_rating}/withdrawal"),
    "ratings": ("visitor", "/products/{goods}/ratings"),
    "rating-report": ("visitor", "/ratings/{rating}/report"),
    "my-ratings": ("member", "/my/ratings"),
    "rating-answer": ("member", "/my/ratings/{rating}"),
    "reported-ratings": ("officer", "/review/ratings"),
    "reported-rating": ("officer", "/review/ratings/{rating}"),
}
