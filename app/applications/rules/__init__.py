"""How an application moves: its states, the verbs between them, its place in the line."""
