"""What the verbs of lists are called on pages, and the buttons that speak them: a module a topic."""
