"""What a person is told: in the app, by mail, by SMS."""
