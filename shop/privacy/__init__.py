"""What people may ask of us about their own data, and how long we keep it (Law 91/2025/QH15, Decree 356/2025)."""
