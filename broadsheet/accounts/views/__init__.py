"""The pages of an account: private, answered anew for whoever asks, never printed."""
