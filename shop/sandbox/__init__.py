"""Stand-ins for everything outside: mail, SMS, Stripe. Nothing here is real; production refuses to start with it."""
