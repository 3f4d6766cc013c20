"""What crawlers read: robots.txt and the sitemap."""
