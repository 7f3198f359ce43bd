"""What may be shown of whom: names, small roles and small numbers are dealt with here, before anything is drawn."""
