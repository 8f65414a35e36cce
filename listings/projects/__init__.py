"""What is known of projects beyond their rows: the account, the choices, the figures of a call."""
