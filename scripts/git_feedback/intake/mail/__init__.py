"""Mail: one message or a mailbox, whatever is broken in it, as submissions."""
