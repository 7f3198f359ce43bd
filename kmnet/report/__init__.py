"""What people see: pages, pictures, tables and files made from results. Nothing is computed here."""
