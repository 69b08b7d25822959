"""What each command does, in a module of its name; imported when the command runs."""
