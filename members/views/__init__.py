"""The pages of the ground: log-in, accounts, organisations, messages, complaints, audit."""
